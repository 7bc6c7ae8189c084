// The other tabs of the phone: the own company, the market, the park, what one has missed.

import { h } from "./dom.js";
import { briefing, lines } from "./phone_card.js";
import { askLink, memberships, permits } from "./phone_requests.js";
import { date, money, price, say, t } from "./text.js";

export function company(face, view) {
  const own = view.company;
  if (!own) return briefing(view);
  const { form } = face;
  return [h("section", { class: "ecf-card", key: "books" }, h("h2", {}, t("Books")), own.books.map((line) => h("p", { class: "ecf-row" }, h("span", {}, say(line.label)), h("strong", {}, money(line.value, true)))), h("p", { class: "ecf-row" }, h("span", {}, t("Return word")), h("strong", {}, view.who.word))),
    h("section", { class: "ecf-card", key: "contracts" }, h("h2", {}, t("Contracts")), own.contracts.length ? own.contracts.map((one) => h("div", { class: "ecf-contract", key: `contract ${one.exchange}` }, h("p", {}, h("strong", {}, one.partner), " ", one.sells ? t("buys {material}", { material: one.material }) : t("delivers {material}", { material: one.material })), h("p", { class: "ecf-muted" }, `${t("{price} EUR per {unit}", { price: price(one.price), unit: one.unit })} · ${one.stage === "runs" ? t("{months} months left", { months: one.left }) : t("being built")} · ${t("gained {gain}", { gain: money(one.gain, true) })}`),
      askLink(face, view, one), view.phase !== "decide" ? null : form.ending === one.exchange ? h("div", { class: "ecf-choices" }, h("button", { class: "bad", on: { click: async () => { await face.act("end", { exchange: one.exchange }, t("The contract is ended.")); form.ending = null; face.redraw(); } } }, t("End it, costs {cost}", { cost: money(one.cost) })), h("button", { on: { click: () => { form.ending = null; face.redraw(); } } }, t("Keep it"))) : h("button", { class: "ecf-link", on: { click: () => { form.ending = one.exchange; face.redraw(); } } }, t("End it (costs {cost})", { cost: money(one.cost) })))) : h("p", {}, t("No contracts yet."))), memberships(face, view), briefing(view)];
}

export function market(face, view) {
  const own = view.market;
  if (!own) return h("section", { class: "ecf-card" }, h("p", {}, t("You have no company.")));
  if (own.permits) return permits(face, view, own);
  if (own.matches) return brokered(face, view, own);
  const fits = h("section", { class: "ecf-card", key: "openings" }, h("h2", {}, t("Who could fit")), own.openings.length ? own.openings.map((one) => opening(face, view, one)) : h("p", {}, t("Nobody you know of. Visit a company between the rounds.")));
  const streams = h("section", { class: "ecf-card", key: "streams" }, h("h2", {}, t("Your streams")), own.streams.map((one) => h("p", { class: "ecf-row" }, h("span", {}, one.sells ? t("gives {material}", { material: one.label }) : t("needs {material}", { material: one.label })), h("span", { class: "ecf-amount" }, t("{free} of {all} {unit} free", { free: { amount: one.free }, all: { amount: one.quantity }, unit: one.unit })))));
  return [fits, streams];
}

function brokered(face, view, own) {
  const bring = (one) => () => face.act("introduce", { opportunity: one.opportunity }, t("They know of each other now."));
  return h("section", { class: "ecf-card", key: "matches" }, h("h2", {}, t("Who could be brought together")), h("p", { class: "ecf-muted" }, t("Introductions left in this round: {count}", { count: own.left })),
    own.matches.length ? own.matches.map((one) => h("div", { class: "ecf-contract", key: `match ${one.opportunity}` }, h("p", {}, h("strong", {}, `${one.seller} → ${one.buyer}`), " ", t(one.material)), h("p", { class: "ecf-muted" }, t("{quantity} {unit} a year, {distance} km away", { quantity: { amount: one.quantity }, unit: one.unit, distance: one.distance })),
      h("button", { class: "ecf-button ecf-propose", disabled: own.left < 1, on: { click: bring(one) } }, t("Introduce")))) : h("p", {}, t("Nobody is left to bring together now.")));
}

function opening(face, view, one) {
  const propose = async () => {
    const ack = await face.act("open", { opportunity: one.opportunity }, t("The talk is open: make the first offer."));
    if (ack.ok) { face.tab = "now"; face.form = { item: `talk ${ack.talk}` }; }
    face.redraw();
  };
  return h("div", { class: "ecf-contract", key: `opening ${one.opportunity}` }, h("p", {}, h("strong", {}, one.partner), " ", one.sells ? t("could take {material}", { material: one.material }) : t("could give {material}", { material: one.material })),
    h("p", { class: "ecf-muted" }, t("{quantity} {unit} a year, {distance} km away", { quantity: { amount: one.quantity }, unit: one.unit, distance: one.distance })), view.phase === "decide" ? h("button", { class: "ecf-button ecf-propose", on: { click: propose } }, t("Propose a talk")) : null);
}

export function park(face, view) {
  const here = (view.parks || [])[view.who ? view.who.park : 0] || {};
  return h("section", { class: "ecf-card", key: "park" }, h("h2", {}, here.year ? date(here.year, here.month) : ""), h("p", {}, t("Exchanges running: {running}. Open talks: {talks}.", { running: here.running || 0, talks: here.talks || 0 })),
    face.table ? table(face, here) : h("canvas", { class: "ecf-map", role: "img", "aria-label": t("Map of the park: {running} exchanges run between {companies} companies.", { running: here.running || 0, companies: face.map ? face.map.names.length : 0 }) }),
    h("button", { class: "ecf-link", on: { click: () => { face.table = !face.table; face.redraw(); } } }, face.table ? t("Show the map") : t("Show as a table")), h("ul", { class: "ecf-lines" }, (face.channel.public.news || []).map((line) => h("li", {}, say(line.text)))));
}

export function table(face, here) {
  const names = face.map ? face.map.names : [];
  const kinds = [t("being built"), t("runs"), t("in talks")];
  return h("table", { class: "ecf-table" }, h("caption", { class: "ecf-hidden" }, t("Exchanges and talks")), h("thead", {}, h("tr", {}, [t("From"), t("To"), t("State")].map((one) => h("th", { scope: "col" }, one)))), h("tbody", {}, (here.links || []).map((link) => h("tr", {}, h("td", {}, names[link[0]]), h("td", {}, names[link[1]]), h("td", {}, kinds[link[3]])))));
}

export function news(face, view) {
  return h("section", { class: "ecf-card", key: "news" }, h("h2", {}, t("Since you looked")), (view.news || []).length ? lines(view) : h("p", {}, t("Nothing yet.")));
}
