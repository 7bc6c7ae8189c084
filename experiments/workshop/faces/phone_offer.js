// An offer on the phone: what it is worth, and the answer: accept, another offer, walk away.

import { h } from "./dom.js";
import { mark, money, number, price, readNumber, t } from "./text.js";

const PHRASES = ["", mark("This is my last word."), mark("I can move a little."), mark("Let us meet half-way."), mark("I have other offers."), mark("Your turn to move."), mark("I need this deal.")];
const REASONS = [["price", mark("The price")], ["partner", mark("The partner")], ["other", mark("Something better")], ["none", mark("No reason")]];

export function offer(face, view, item) {
  const { form } = face;
  if (form.item !== item.id) face.form = { item: item.id };
  if (item.draft) return draft(face, item);
  if (item.held) return { body: h("section", { class: "ecf-card", key: item.id }, heading(item), h("p", {}, item.own ? t("Accepted. Others may name their best price before it is signed.") : t("They may name their best price now; nobody offers until it is decided."), " ", t("Decided in"), " ", h("span", { "data-until": item.held }), " s")) };
  if (!item.turn) return { body: h("section", { class: "ecf-card", key: item.id }, heading(item), rivals(item), mine(item), h("p", { class: "ecf-muted" }, item.person ? t("They have the word. Talk to them.") : t("Their agent thinks."))) };
  if ((face.form.open && !item.last) || !item.theirs) return answering(face, item);
  if (face.form.leaving) return leaving(face, item);
  return read(face, view, item);
}

export function heading(item) {
  return [h("h2", {}, item.partner), h("p", { class: "ecf-what" }, item.sells ? t("You sell {material}, {quantity} {unit} a year", { material: item.material, quantity: { amount: item.quantity }, unit: item.unit }) : t("You buy {material}, {quantity} {unit} a year", { material: item.material, quantity: { amount: item.quantity }, unit: item.unit }))];
}

export function terms(item, one) {
  const parts = [t("{price} EUR per {unit}", { price: price(one.price), unit: item.unit }), t("{years} years", { years: one.term })];
  if (item.capital > 0) parts.push(t("seller pays {share} % of {capital} EUR capital", { share: Math.round(100 * one.share), capital: { amount: item.capital } }));
  return parts.join(" · ");
}

function lastWord(item) {
  if (!item.last) return null;
  return h("p", { class: "ecf-muted" }, item.about === "hold_up" ? t("They demand a new price for the running contract. If you walk away, it goes on as it is.") : t("This is their last word: accept or walk away."));
}

function rivals(item) {
  return item.rivals ? h("p", { class: "ecf-rivals" }, t("Others who talk with {partner} about the same: {count}. Whoever signs first may take it; you may be asked for your best price before.", { partner: item.partner, count: item.rivals })) : null;
}

function mine(item) {
  return item.mine ? h("p", { class: "ecf-muted" }, t("Your last offer: {terms}", { terms: terms(item, item.mine) })) : null;
}

export function worth(gain, least) {
  return h("p", { class: gain >= least ? "ecf-worth good" : "ecf-worth bad" }, h("span", {}, t("For you")), " ", h("strong", {}, t("{gain} EUR a year", { gain: money(gain, true) })),
    h("span", { class: "ecf-least" }, t("least you sign for: {least}", { least: money(least, true) })));
}

function read(face, view, item) {
  const { theirs } = item;
  const body = h("section", { class: "ecf-card", key: item.id }, heading(item),
    h("p", { class: "ecf-theirs" }, item.sells ? t("They offer {terms}", { terms: terms(item, theirs) }) : t("They ask {terms}", { terms: terms(item, theirs) })), worth(theirs.gain, item.least), rivals(item), mine(item), lastWord(item),
    item.auto ? h("p", { class: "ecf-muted" }, t("Your agent goes on with this talk until you answer.")) : h("p", { class: "ecf-muted" }, t("Seconds to answer:"), " ", h("span", { "data-until": item.due })),
    advice(face, item), view.more_time ? h("button", { class: "ecf-link", on: { click: () => face.act("more_time", {}, t("60 s more for your answers.")) } }, t("More time (+60 s, once a round)")) : null);
  const accept = face.form.sure
    ? h("button", { class: "ecf-button good", key: "sure", on: { click: async () => { face.form.sure = false; await face.act("answer", { talk: item.talk, decision: "accept" }, (ack) => came(ack, item)); } } }, t("Sign at {price}", { price: price(theirs.price) }))
    : h("button", { class: "ecf-button good", key: "accept", disabled: !theirs.enough, on: { click: () => { face.form.sure = true; face.redraw(); } } }, t("Accept"), " ", money(theirs.gain, true));
  const counter = item.last ? [] : [h("button", { class: "ecf-button", key: "answer", on: { click: () => { face.form.open = true; face.redraw(); } } }, t("Answer"))];
  return { body, bar: [accept, ...counter, h("button", { class: "ecf-button", key: "leave", on: { click: () => { face.form.leaving = true; face.redraw(); } } }, t("Walk away"))] };
}

function came(ack, item) {
  if (ack.done === "held") return t("Accepted. Others may name their best price before it is signed.");
  if (ack.done === "lost") return t("The deal with {partner} came to nothing: what it was about is no longer free.", { partner: item.partner });
  return t("Signed: {gain} EUR a year. Theirs stays secret until the end.", { gain: money(item.theirs.gain, true) });
}

function advice(face, item) {
  const said = face.form.advice;
  if (said) return h("p", { class: "ecf-advice" }, said.said === "accept" ? t("Your agent would accept.") : said.said === "offer" ? t("Your agent would say {price} EUR, {years} years.", { price: price(said.price), years: said.term }) : t("Your agent would walk away."));
  return h("button", { class: "ecf-link", on: { click: async () => { const ack = await face.act("advice", { talk: item.talk }); if (ack.ok) { face.form.advice = ack; face.redraw(); } } } }, t("What would my agent do?"));
}

export function own(item, form) {
  const row = item.terms.indexOf(form.term), column = item.shares.indexOf(form.share);
  const read = readNumber(String(form.price));
  if (read.value === undefined || row < 0 || column < 0) return null;
  return item.slope * read.value + item.base[row][column];
}

export function nearest(values, wanted) {
  return values.reduce((best, value) => (Math.abs(value - wanted) < Math.abs(best - wanted) ? value : best), values[0]);
}

function answering(face, item) {
  const { form } = face;
  if (form.price === undefined) Object.assign(form, { price: price(item.suggested.price), share: nearest(item.shares, item.suggested.share), term: nearest(item.terms, item.suggested.term), phrase: 0 });
  const value = readNumber(String(form.price));
  const gain = own(item, form);
  const step = (sign) => () => { const now = readNumber(String(form.price)); form.price = price((now.value ?? item.suggested.price) + sign * item.step); const field = face.root.querySelector("#price"); if (field) field.value = form.price; face.redraw(); };
  const body = h("section", { class: "ecf-card", key: `${item.id} answer` }, heading(item), rivals(item), item.theirs ? h("p", { class: "ecf-muted" }, t("Theirs: {terms}", { terms: terms(item, item.theirs) })) : null,
    h("label", { for: "price" }, t("Your price, EUR per {unit}", { unit: item.unit })),
    h("div", { class: "ecf-price" }, h("button", { "aria-label": t("less"), on: { click: step(-1) } }, "−"), h("input", { id: "price", inputmode: "decimal", autocomplete: "off", value: form.price, on: { input: (event) => { form.price = event.target.value; face.redraw(); } } }), h("button", { "aria-label": t("more"), on: { click: step(1) } }, "+")),
    value.ask ? h("p", { class: "ecf-ask" }, t("Which do you mean?"), value.ask.map((one) => h("button", { on: { click: () => { form.price = String(one); const field = face.root.querySelector("#price"); if (field) field.value = form.price; face.redraw(); } } }, number(one, one % 1 ? 3 : 0)))) : value.value === undefined ? h("p", { class: "ecf-wrong" }, t("A number, please.")) : h("p", { class: "ecf-muted" }, t("read as {price} EUR", { price: number(value.value) })),
    item.theirs && item.mine ? h("button", { class: "ecf-link", on: { click: () => { form.price = price((item.theirs.price + item.mine.price) / 2); const field = face.root.querySelector("#price"); if (field) field.value = form.price; face.redraw(); } } }, t("Meet half-way")) : null,
    choices(face, t("Years"), "term", item.terms, (one) => number(one)), item.shares.length > 1 ? choices(face, t("Seller pays of the capital"), "share", item.shares, (one) => `${Math.round(100 * one)} %`) : null,
    h("label", { for: "phrase" }, t("You say")), h("select", { id: "phrase", on: { change: (event) => { form.phrase = Number(event.target.value); } } }, PHRASES.map((one, place) => h("option", { value: String(place), selected: form.phrase === place }, one ? t(one) : t("nothing")))),
    gain === null ? null : worth(gain, item.least));
  const send = h("button", { class: "ecf-button good", key: "send", disabled: gain === null || gain < item.least - 1e-6, on: { click: async () => {
    const ack = await face.act("answer", { talk: item.talk, decision: "counter", price: readNumber(String(form.price)).value, share: form.share, term: form.term, phrase: form.phrase });
    if (ack.ok) face.form = { item: item.id };
    face.redraw();
  } } }, t("Send"), " ", gain === null ? "" : money(gain, true));
  const back = item.theirs ? h("button", { class: "ecf-button", key: "back", on: { click: () => { face.form = { item: item.id }; face.redraw(); } } }, t("Back")) : h("button", { class: "ecf-button", key: "leave", on: { click: () => face.act("answer", { talk: item.talk, decision: "leave" }) } }, t("Walk away"));
  return { body, bar: [send, back] };
}

function choices(face, label, name, values, write) {
  return h("div", { class: "ecf-choices", role: "group", "aria-label": label }, h("span", { "aria-hidden": "true" }, label), values.map((one) => h("button", { "aria-pressed": String(face.form[name] === one), on: { click: () => { face.form[name] = one; face.redraw(); } } }, write(one))));
}

function leaving(face, item) {
  const body = h("section", { class: "ecf-card", key: `${item.id} leave` }, h("h2", {}, t("Walk away from {partner}?", { partner: item.partner })), h("p", {}, t("The talk ends; you may try again much later. Why? You need not say.")),
    h("div", { class: "ecf-choices" }, REASONS.map(([name, label]) => h("button", { "aria-pressed": String((face.form.reason || "none") === name), on: { click: () => { face.form.reason = name; face.redraw(); } } }, t(label)))));
  return { body, bar: [h("button", { class: "ecf-button bad", key: "end", on: { click: async () => { await face.act("answer", { talk: item.talk, decision: "leave", reason: face.form.reason || "none" }, t("You ended the talk.")); face.form = {}; face.redraw(); } } }, t("End the talk")), h("button", { class: "ecf-button", key: "back", on: { click: () => { face.form = { item: item.id }; face.redraw(); } } }, t("Back"))] };
}

function draft(face, item) {
  const body = h("section", { class: "ecf-card", key: `${item.id} draft` }, heading(item), h("p", {}, t("Your offer: {terms}", { terms: terms(item, item.draft) })), worth(item.draft.gain, item.least), h("p", {}, t("It goes out in"), " ", h("span", { "data-until": item.until }), " s"));
  return { body, bar: [h("button", { class: "ecf-button", key: "undo", on: { click: () => face.act("undo", { talk: item.talk }, t("Taken back.")) } }, t("Undo"))] };
}
