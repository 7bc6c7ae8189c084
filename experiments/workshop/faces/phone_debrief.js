// The debrief of the own seat: talks opened up, what was missed, the own guesses, the park without this seat.

import { h } from "./dom.js";
import { money, number, price, say, t } from "./text.js";
import { zone } from "./slides.js";

export function ownDebrief(view) {
  return [without(view.mine_without), talks(view.mine_talks || []), left(view.mine_left || []), guesses(view.mine_guesses || [])].filter(Boolean);
}

function without(one) {
  if (!one) return null;
  const text = one.park === null || one.park === undefined
    ? t("Without you too much would have gone otherwise to say what you were worth to the park ({kept} % of the others' acts could be kept).", { kept: Math.round(100 * one.kept) })
    : one.park >= 0 ? t("Without you the park would have {gain} less.", { gain: { money: one.park } }) : t("Without you the park would have {gain} more.", { gain: { money: -one.park } });
  const own = one.own === null || one.own === undefined ? "" : one.own >= 0 ? t("Your company gained {gain} more than with its agent.", { gain: { money: one.own } }) : t("Your company gained {gain} less than with its agent.", { gain: { money: -one.own } });
  return h("section", { class: "ecf-card", key: "without" }, h("h2", {}, t("The park without you")), h("p", {}, text), own ? h("p", {}, own) : null, h("p", { class: "ecf-muted" }, t("{kept} % of the others' acts were kept.", { kept: Math.round(100 * one.kept) })));
}

function talks(list) {
  if (!list.length) return null;
  return h("section", { class: "ecf-card", key: "talks" }, h("h2", {}, t("Your talks, opened up")), h("ul", { class: "ecf-lines" }, list.map((one) => h("li", { class: one.end === "signed" ? "good" : one.zone ? "bad" : "" },
    h("strong", {}, one.partner), ` · ${t(one.material)}`, zone({ ...one, offers: [] }),
    h("p", {}, one.zone ? t("both could have signed from {low} to {high}", { low: price(one.low), high: price(one.high) }) : t("no price suited both"), one.price === null || one.price === undefined ? "" : ` · ${one.end === "signed" ? t("signed at {price}", { price: price(one.price) }) : t("last word {price}", { price: price(one.price) })}`, one.mine === null || one.mine === undefined ? "" : ` · ${t("you got {share} % of the surplus", { share: one.mine })}`)))));
}

function left(list) {
  if (!list.length) return null;
  return h("section", { class: "ecf-card", key: "left" }, h("h2", {}, t("Left on the table")), h("p", { class: "ecf-muted" }, t("For both sides together, at most; rivals exclude each other.")), h("ul", { class: "ecf-lines" }, list.map((one) => h("li", { class: "bad" }, h("strong", {}, one.partner), ` · ${t(one.material)}: `, t("{gain} a year", { gain: { money: one.gain } }), ` · ${say(one.cause)}`))));
}

function guesses(list) {
  if (!list.length) return null;
  return h("section", { class: "ecf-card", key: "guesses" }, h("h2", {}, t("Your predictions")), h("table", { class: "ecf-table" }, h("thead", {}, h("tr", {}, [t("Round"), t("You"), t("All, median"), t("It came")].map((one) => h("th", { scope: "col" }, one)))), h("tbody", {}, list.map((one) => h("tr", {}, h("th", { scope: "row" }, number(one.round)), h("td", {}, number(one.guess)), h("td", {}, number(one.median)), h("td", {}, number(one.truth)))))));
}
