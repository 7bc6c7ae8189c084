// What a company or a council asks for: new terms of a contract, a membership for the round, a permit; what it is asked.

import { h } from "./dom.js";
import { mark, money, say, t } from "./text.js";

const MEMBERSHIPS = { platform: mark("Platform"), maintenance: mark("Maintenance pool") };

async function ask(face, exchange) {
  const ack = await face.act("ask_terms", { exchange }, t("The talk is open: make the first offer."));
  if (ack.ok) { face.tab = "now"; face.form = { item: `talk ${ack.talk}` }; }
  face.redraw();
}

const put = (face, item) => h("button", { class: "ecf-button", key: "decline", on: { click: () => face.act("decline", { item: item.item }) } }, t("Not now"));

export function fallen(face, view, item) {
  const body = h("section", { class: "ecf-card", key: item.id }, h("h2", {}, item.partner), h("p", {}, say(item.text)),
    h("p", { class: "ecf-worth bad" }, t("{now} a year now, {was} when you signed", { now: money(item.worth, true), was: money(item.was, true) })), h("p", { class: "ecf-muted" }, t("Asking costs some of your partner's trust.")));
  return { body, bar: [h("button", { class: "ecf-button good", key: "ask", on: { click: () => ask(face, item.exchange) } }, t("New terms")), put(face, item)] };
}

export function membership(face, view, item) {
  const body = h("section", { class: "ecf-card", key: item.id }, h("h2", {}, t(MEMBERSHIPS[item.membership])), h("p", {}, say(item.text)), worth(item));
  return { body, bar: [h("button", { class: "ecf-button good", key: "join", on: { click: () => take(face, item.membership) } }, t("Join"), ` −${money(item.fee)}`), put(face, item)] };
}

export function forecast(face, view, item) {
  const body = h("section", { class: "ecf-card", key: item.id }, h("h2", {}, t("What do you think?")), h("p", {}, say(item.text)), h("p", { class: "ecf-muted" }, t("It counts for your forecasts.")));
  const give = (value) => () => face.act("forecast", { item: item.item, value }, t("Your prediction is in"));
  return { body, bar: [h("button", { class: "ecf-button", key: "yes", on: { click: give(1) } }, t("Yes")), h("button", { class: "ecf-button", key: "no", on: { click: give(0) } }, t("No")), put(face, item)] };
}

function worth(one) {
  const gain = one.expected === null || one.expected === undefined ? t("Listings of {count} companies. What they are worth is not known before.", { count: one.companies }) : t("It should save you {gain} in the round.", { gain: money(one.expected) });
  return [h("p", { class: "ecf-worth" }, t("Costs {fee} for the round", { fee: money(one.fee) })), h("p", { class: "ecf-muted" }, gain)];
}

const take = (face, membership) => face.act("member", { membership }, t("You are a member until the end of the round."));

export function askLink(face, view, one) {
  if (view.phase !== "decide" || one.talking) return null;
  return h("button", { class: "ecf-link", on: { click: () => ask(face, one.exchange) } }, t("Ask for new terms"));
}

export function memberships(face, view) {
  const all = (view.company || {}).memberships || [];
  if (!all.length) return null;
  return h("section", { class: "ecf-card", key: "memberships" }, h("h2", {}, t("Memberships for the round")), all.map((one) => h("div", { class: "ecf-contract", key: one.membership }, h("p", {}, h("strong", {}, t(MEMBERSHIPS[one.membership]))), worth(one),
    one.taken ? h("p", {}, t("You are a member.")) : view.phase === "decide" ? h("button", { class: "ecf-link", on: { click: () => take(face, one.membership) } }, t("Join")) : null)));
}

export function permits(face, view, own) {
  const grant = (one) => () => face.act("permit", { opportunity: one.opportunity }, t("The permit is granted."));
  return h("section", { class: "ecf-card", key: "permits" }, h("h2", {}, t("Permits")), h("p", { class: "ecf-muted" }, own.granted ? t("The permit of this round is granted.") : t("The council may grant one permit a round.")),
    own.permits.length ? own.permits.map((one) => h("div", { class: "ecf-contract", key: `permit ${one.opportunity}` }, h("p", {}, h("strong", {}, `${one.seller} → ${one.buyer}`), " ", t(one.material)), h("p", { class: "ecf-muted" }, one.months ? t("saves {months} months of waiting", { months: one.months }) : t("was withdrawn")),
      h("button", { class: "ecf-button ecf-propose", disabled: own.granted, on: { click: grant(one) } }, t("Grant")))) : h("p", {}, t("Nobody waits for a permit now.")));
}
