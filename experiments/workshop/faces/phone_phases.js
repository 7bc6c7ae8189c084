// What the phone shows in the other phases: practice, prediction, vote, reveal, debrief; and a proposed talk.

import { h } from "./dom.js";
import { mark, money, number, price, readNumber, say, t } from "./text.js";
import { briefing, lines } from "./phone_card.js";
import { ownDebrief } from "./phone_debrief.js";

export function practice(face, view) {
  const { form } = face;
  const course = view.practice || {};
  if (course.done) return { body: [h("section", { class: "ecf-card" }, h("h2", {}, course.done === "signed" ? t("Practice: signed at {price}", { price: price(course.price) }) : t("Practice: no deal")), h("p", {}, course.done === "signed" ? t("You would gain {gain} EUR a year.", { gain: Math.round(course.gain) }) : t("Nobody gained anything."))), briefing(view), hours(face, view)] };
  if (form.practice === undefined && course.price) form.practice = price(course.price - 4);
  const value = readNumber(String(form.practice ?? ""));
  const body = h("section", { class: "ecf-card", key: "practice" }, h("h2", {}, t("Practice")), h("p", {}, say(course.say)), h("p", { class: course.gain >= 0 ? "ecf-worth good" : "ecf-worth bad" }, t("For you"), " ", h("strong", {}, t("{gain} EUR a year", { gain: number(Math.round(course.gain || 0)) }))),
    h("label", { for: "practice" }, t("Your price, EUR per {unit}", { unit: "t" })), h("input", { id: "practice", inputmode: "decimal", value: form.practice ?? "", on: { input: (event) => { form.practice = event.target.value; face.redraw(); } } }));
  return { body, bar: [
    h("button", { class: "ecf-button good", key: "accept", on: { click: () => face.act("practise", { decision: "accept" }) } }, t("Accept"), ` ${number(Math.round(course.gain || 0))}`),
    h("button", { class: "ecf-button", key: "offer", disabled: value.value === undefined, on: { click: () => face.act("practise", { decision: "counter", price: value.value }) } }, t("Offer")),
    h("button", { class: "ecf-button", key: "leave", on: { click: () => face.act("practise", { decision: "leave" }) } }, t("Walk away"))] };
}

export function hours(face, view) {
  if (!view.tokens || !view.market || !view.market.partners) return null;
  const { form } = face;
  return h("section", { class: "ecf-card", key: "hours" }, h("h2", {}, t("Your time: {count} of 8 left", { count: view.tokens })), h("p", { class: "ecf-muted" }, t("Visit a company to find what you could exchange. What is left lapses.")),
    h("label", { for: "visit" }, t("Visit")), h("select", { id: "visit", on: { change: (event) => { form.visit = event.target.value; } } }, view.market.partners.map((one) => h("option", { value: one, selected: form.visit === one }, one))),
    h("button", { class: "ecf-button", on: { click: () => face.act("spend", { what: "look", partner: form.visit || view.market.partners[0] }, (ack) => t("Possible exchanges found: {count}.", { count: ack.found })) } }, t("Visit")));
}

export function predict(face, view) {
  const { form } = face;
  const questions = view.questions || [];
  form.guess = form.guess || {};
  const given = questions.length && questions.every((one) => one.value !== null && one.value !== undefined);
  if (given && !form.again) return { body: [h("section", { class: "ecf-card", key: "given" }, h("h2", {}, t("Your prediction is in")), questions.map((one) => h("p", {}, say(one.text), " ", h("strong", {}, one.kind === "choice" ? (one.value ? t("Yes") : t("No")) : number(one.value)))), h("button", { class: "ecf-link", on: { click: () => { form.again = true; face.redraw(); } } }, t("Change it"))), hours(face, view)] };
  const body = h("section", { class: "ecf-card", key: "predict" }, h("h2", {}, t("What will happen?")), questions.map((one) => one.kind === "choice"
    ? h("div", { class: "ecf-choices", role: "group", "aria-label": say(one.text) }, h("p", {}, say(one.text)), [[1, mark("Yes")], [0, mark("No")]].map(([value, label]) => h("button", { "aria-pressed": String(form.guess[one.name] === value), on: { click: () => { form.guess[one.name] = value; face.redraw(); } } }, t(label))))
    : h("div", {}, h("label", { for: one.name }, say(one.text)), h("input", { id: one.name, inputmode: "numeric", autocomplete: "off", value: form.guess[one.name] ?? "", on: { input: (event) => { form.guess[one.name] = event.target.value; face.redraw(); } } }))));
  const values = {};
  let wrong = false;
  for (const one of questions) {
    const said = form.guess[one.name];
    if (said === undefined || said === "") continue;
    const read = one.kind === "choice" ? { value: said } : readNumber(String(said));
    if (read.value === undefined || read.value < 0) wrong = true; else values[one.name] = read.value;
  }
  return { body, bar: [h("button", { class: "ecf-button good", key: "predict", disabled: wrong || !Object.keys(values).length, on: { click: async () => { await face.act("predict", { values }, t("Your prediction is in.")); form.again = false; face.redraw(); } } }, t("Predict"))] };
}

export function vote(face, view) {
  const { form } = face;
  form.approved = form.approved || view.vote || [];
  const packages = view.packages || [];
  if (!view.ballot) return { body: h("section", { class: "ecf-card", key: "talk" }, h("h2", {}, t("First talk, then vote.")), h("p", {}, t("The ballot opens in the last minute.")), h("ul", { class: "ecf-packages" }, packages.map((one) => h("li", {}, h("strong", {}, t(one.name)), " ", (one.levers || []).map(say).join(", "))))) };
  const toggle = (place) => () => { form.approved = form.approved.includes(place) ? form.approved.filter((one) => one !== place) : [...form.approved, place]; face.redraw(); };
  const body = h("section", { class: "ecf-card", key: "vote" }, h("h2", {}, t("Vote")), h("p", {}, t("Approve of as many as you like. A tie changes nothing.")), packages.map((one, place) => h("button", { class: "ecf-package", "aria-pressed": String(form.approved.includes(place)), on: { click: toggle(place) } }, h("strong", {}, t(one.name)), " ", (one.levers || []).map(say).join(", "))));
  return { body, bar: [h("button", { class: "ecf-button good", key: "vote", disabled: !form.approved.length, on: { click: () => face.act("vote", { packages: form.approved }, t("Your vote is in.")) } }, view.vote ? t("Vote again") : t("Vote"))] };
}

export function reveal(face, view) {
  const outcome = view.outcome || [];
  return { body: [h("section", { class: "ecf-card", key: "reveal" }, h("h2", {}, t("How it came out")), outcome.length ? null : h("p", {}, t("You gave no prediction in this round.")), outcome.map((one) => h("p", {}, say(one.text), ": ", h("strong", {}, shown(one.truth, one)), " ", t("you said {guess}", { guess: shown(one.guess, one) }))), lines(view)), hours(face, view)] };
}

const shown = (value, one) => (one.text[0].startsWith("Exchanges") ? number(value) : value ? t("Yes") : t("No"));

export function proposal(face, view, item) {
  const body = h("section", { class: "ecf-card", key: item.id }, h("h2", {}, item.partner), h("p", {}, say(item.text)), h("p", { class: "ecf-worth good" }, t("By your own estimate worth {gain} EUR a year to both together", { gain: money(item.estimate, true) })));
  return { body, bar: [h("button", { class: "ecf-button good", key: "open", on: { click: async () => { const ack = await face.act("open", { opportunity: item.opportunity }, t("The talk is open: make the first offer.")); if (ack.ok) face.form = { item: `talk ${ack.talk}` }; face.redraw(); } } }, t("Open the talk")), h("button", { class: "ecf-button", key: "decline", on: { click: () => face.act("decline", { item: item.item }) } }, t("Not now"))] };
}

export function debrief(face, view) {
  const { form } = face;
  const scale = (name, label) => h("div", { class: "ecf-choices", role: "group", "aria-label": t(label) }, h("p", {}, t(label)), [1, 2, 3, 4, 5].map((value) => h("button", { "aria-pressed": String((form[name] ?? (view.feeling || {})[name]) === value), on: { click: () => { form[name] = value; face.redraw(); } } }, number(value))));
  return { body: [
    h("section", { class: "ecf-card", key: "feel" }, h("h2", {}, t("How was it?")), scale("mood", mark("Mood: 1 low, 5 high")), scale("surprise", mark("Surprise: 1 none, 5 great")), h("label", { for: "word" }, t("One word")), h("input", { id: "word", maxlength: "24", value: form.word ?? (view.feeling || {}).word ?? "", on: { input: (event) => { form.word = event.target.value; } } })),
    ...ownDebrief(view), home(face, view)],
  bar: [h("button", { class: "ecf-button good", key: "feel", on: { click: () => face.act("feel", { mood: form.mood ?? null, surprise: form.surprise ?? null, word: form.word || "" }, t("Thank you.")) } }, t("Send"))] };
}

function home(face, view) {
  const { form } = face;
  const given = view.home || ["", "", ""];
  form.home = form.home || [...given];
  const send = () => face.act("take_home", { answers: form.home }, t("Thank you."));
  return h("section", { class: "ecf-card", key: "home" }, h("h2", {}, t("Three questions to take home")), h("p", { class: "ecf-muted" }, t("Your answers may be shown without your name.")), [t("What surprised you?"), t("Where is this in your work?"), t("What will you do?")].map((question, place) => h("div", {}, h("label", { for: `home-${place}` }, question), h("input", { id: `home-${place}`, maxlength: "120", value: form.home[place], on: { input: (event) => { form.home[place] = event.target.value; } } }))),
    h("button", { class: "ecf-button", on: { click: send } }, t("Send the answers")));
}
