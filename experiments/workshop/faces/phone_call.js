// A call for last bids: what one talks about is about to be signed away; one best price, or nothing.

import { h } from "./dom.js";
import { money, number, price, readNumber, t } from "./text.js";
import { heading, nearest, own, terms, worth } from "./phone_offer.js";

export function call(face, view, item) {
  if (face.form.item !== item.id) face.form = { item: item.id };
  if (!item.turn) return { body: h("section", { class: "ecf-card", key: item.id }, heading(item), h("p", {}, item.mine ? t("Your best price: {terms}", { terms: terms(item, item.mine) }) : t("You name no price.")), decided(item)) };
  const { form } = face;
  if (form.price === undefined) Object.assign(form, { price: price(item.suggested.price), share: nearest(item.shares, item.suggested.share), term: nearest(item.terms, item.suggested.term) });
  const value = readNumber(String(form.price)), gain = own(item, form);
  const write = (said) => { form.price = said; const field = face.root.querySelector("#best"); if (field) field.value = said; face.redraw(); };
  const step = (sign) => () => write(price((readNumber(String(form.price)).value ?? item.suggested.price) + sign * item.step));
  const body = h("section", { class: "ecf-card", key: item.id }, heading(item),
    h("p", {}, item.own ? t("You accepted {terms}. Others may top it.", { terms: terms(item, item.theirs) }) : t("{partner} is about to sign with another. Name the best price you would sign at.", { partner: item.partner })),
    h("p", { class: "ecf-muted" }, t("The best price wins, at what the second best would have given: to name your limit costs you nothing.")),
    h("label", { for: "best" }, t("Your best price, EUR per {unit}", { unit: item.unit })),
    h("div", { class: "ecf-price" }, h("button", { "aria-label": t("less"), on: { click: step(-1) } }, "−"), h("input", { id: "best", inputmode: "decimal", autocomplete: "off", value: form.price, on: { input: (event) => { form.price = event.target.value; face.redraw(); } } }), h("button", { "aria-label": t("more"), on: { click: step(1) } }, "+")),
    value.ask ? h("p", { class: "ecf-ask" }, t("Which do you mean?"), value.ask.map((one) => h("button", { on: { click: () => write(String(one)) } }, number(one, one % 1 ? 3 : 0)))) : value.value === undefined ? h("p", { class: "ecf-wrong" }, t("A number, please.")) : h("p", { class: "ecf-muted" }, t("{years} years", { years: form.term })),
    gain === null ? null : worth(gain, item.least), decided(item));
  const bid = h("button", { class: "ecf-button good", key: "bid", disabled: gain === null || gain < item.least - 1e-6, on: { click: () => face.act("bid", { talk: item.talk, price: value.value, share: form.share, term: form.term }, t("Your best price is in.")) } }, t("Bid"), " ", gain === null ? "" : money(gain, true));
  return { body, bar: [bid, h("button", { class: "ecf-button", key: "pass", on: { click: () => face.act("bid", { talk: item.talk }, item.own ? t("You keep to what you accepted.") : t("You leave it.")) } }, t("No bid"))] };
}

function decided(item) {
  return h("p", { class: "ecf-muted" }, t("Decided in"), " ", h("span", { "data-until": item.due }), " s");
}
