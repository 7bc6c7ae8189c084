// The projector: public fields only, readable at eight metres, one screen a phase.

import { Channel } from "./channel.js";
import { h, keys, show } from "./dom.js";
import { parkMap } from "./map.js";
import { date, number, say, speak, spoken, t } from "./text.js";
import { slide } from "./slides.js";
import { ring, run } from "./timer.js";
import { spaced } from "./join.js";
import { table } from "./phone_tabs.js";

export function mount(root, { base, code }) {
  root.dataset.face = "projector";
  const face = { root, base, code };
  const schedule = () => { if (!face.planned) { face.planned = true; setTimeout(() => { face.planned = false; draw(face); }, 30); } };
  face.channel = new Channel({ base, code, face: "projector", changed: schedule, closed: schedule });
  fetch(`${base}/w/${code}/park.json`).then((answer) => answer.json()).then((map) => { face.map = map; schedule(); }).catch(() => {});
  fetch(`${base}/w/${code}/address.json`).then((answer) => answer.json()).then((address) => { face.address = address; schedule(); }).catch(() => {});
  face.tick = run(root, face.channel);
  window.addEventListener("resize", schedule);
  keys(root, { t: () => { face.table = !face.table; schedule(); } });
  face.stop = () => face.channel.stop();
  return face;
}

function draw(face) {
  const view = face.channel.public;
  if (view.frozen && face.drawn) return;
  if (isStill(face, view)) return;
  face.drawn = true;
  if (face.channel.state === "gone") return show(face.root, h("main", { class: "ecf-screen" }, h("h1", {}, t("This workshop is not open"))));
  if (!view.phase) return show(face.root, h("main", { class: "ecf-screen" }, h("h1", {}, t("Connecting …"))));
  face.root.dataset.theme = view.dark === false ? "light" : "dark";
  document.documentElement.lang = spoken();
  if (view.language && view.language !== spoken()) speak(view.language, face.base).then(() => draw(face));
  if (view.blank) return show(face.root, h("main", { class: "ecf-screen" }, h("h1", { class: "ecf-hidden" }, t("Blank"))));
  const { title, side, whole, parks } = content(face, view);
  const drawn = parks ? { ...view, parks } : view;
  show(face.root, h("header", { class: "ecf-top" }, h("h1", {}, view.paused ? t("Pause") : title), ring(view, true)),
    whole ? h("main", { class: "ecf-screen whole" }, whole) : h("main", { class: "ecf-screen" }, maps(face, drawn), h("aside", { class: "ecf-side" }, face.table ? table(face, (drawn.parks || [])[0] || {}) : side)));
  face.tick();
  (drawn.parks || []).forEach((park, place) => parkMap(face.root.querySelector(`canvas[data-park="${place}"]`), face.map, park, { large: true }));
}

// Who wants less motion sees four stills of a run, one every half year.
function isStill(face, view) {
  if (view.phase !== "run" || !matchMedia("(prefers-reduced-motion: reduce)").matches) { face.still = null; return false; }
  const park = (view.parks || [])[0] || {};
  const still = `${view.round} ${Math.floor((12 * park.year + park.month) / 6)} ${view.paused} ${view.blank} ${Boolean(face.table)}`;
  if (face.still === still) return true;
  face.still = still;
  return false;
}

function maps(face, view) {
  const parks = view.parks || [];
  return h("div", { class: `ecf-maps n${parks.length}` }, parks.map((park, place) => h("figure", { key: `park ${place}` }, h("canvas", { class: "ecf-map", "data-park": String(place), role: "img", "aria-label": t("Map of the park: {running} exchanges run.", { running: park.running }) }), parks.length > 1 ? h("figcaption", {}, t("Park {letter}", { letter: "ABC"[place] })) : null)));
}

function roundOf(view) { return view.round ? t("Round {round} of {rounds}", { round: view.round, rounds: view.rounds }) : ""; }

function content(face, view) {
  const parts = { lobby, practice, predict, decide, vote, run: running, reveal, debrief, ended };
  return (parts[view.phase] || decide)(face, view);
}

function lobby(face, view) {
  if (view.story) return { title: t("How it could go · {number} of {all}", { number: view.story.n, all: view.story.of }), parks: [view.story.park], side: [h("p", { class: "ecf-count" }, date(view.story.park.year, view.story.park.month)), h("p", { class: "ecf-question" }, say(view.story.text)), h("p", {}, t("exchanges running: {running}", { running: view.story.park.running })), h("p", { class: "ecf-key" }, t("Agents alone, another draw than yours"))] };
  const address = face.address || {};
  return { title: t("Join in"), whole: h("div", { class: "ecf-lobby" }, address.qr ? h("img", { src: address.qr, alt: t("QR code of {link}", { link: address.link }), class: "ecf-qr" }) : null,
    h("div", {}, h("p", { class: "ecf-link-text" }, address.link || ""), h("p", { class: "ecf-bigcode" }, spaced(face.code)), view.lead ? h("p", {}, t("Led by {name}", { name: view.lead })) : null, h("p", { class: "ecf-count" }, t("{here} of {expected} here", { here: view.here, expected: view.expected })))) };
}

function practice(face, view) {
  return { title: t("Practice"), side: [h("p", {}, t("One deal against an agent, on your phone. Nothing counts yet.")), h("p", { class: "ecf-count" }, t("{here} of {expected} here", { here: view.here, expected: view.expected }))] };
}

function predict(face, view) {
  return { title: `${roundOf(view)} · ${t("Predict")}`, side: [h("p", { class: "ecf-question" }, say(view.question)), h("p", { class: "ecf-count" }, t("{answered} of {asked} answered", { answered: view.answered || 0, asked: view.asked || 0 }))] };
}

function decide(face, view) {
  const news = (view.news || []).slice(-3).reverse();
  const talks = (view.parks || []).reduce((sum, park) => sum + park.talks, 0);
  return { title: `${roundOf(view)} · ${t("Decide")}`, side: [h("p", { class: "ecf-count" }, t("signed this round: {count}", { count: view.signed })), h("p", {}, t("open talks: {count}", { count: talks })), h("ul", { class: "ecf-news" }, news.map((line) => h("li", {}, say(line.text)))), key()] };
}

function vote(face, view) {
  return { title: `${roundOf(view)} · ${t("Vote")}`, side: [h("ol", { class: "ecf-packages" }, (view.packages || []).map((one) => h("li", {}, h("strong", {}, t(one.name)), " ", one.cost ? t("{cost} EUR per household and year", { cost: number(one.cost) }) : ""))), h("p", { class: "ecf-count" }, view.ballot ? t("votes cast: {cast}", { cast: view.cast || 0 }) : t("First talk, then vote."))] };
}

function running(face, view) {
  const park = (view.parks || [])[0] || {};
  const news = (view.news || []).slice(-3).reverse();
  return { title: `${roundOf(view)} · ${park.year ? date(park.year, park.month) : ""}`, side: [...dials(view), park.co2 === undefined ? null : h("p", {}, t("CO₂ avoided so far: {amount} kt", { amount: park.co2 })), h("ul", { class: "ecf-news" }, news.map((line) => h("li", {}, say(line.text))))] };
}

function dials(view) {
  const parks = view.parks || [];
  return parks.map((park, place) => h("p", { class: "ecf-count" }, parks.length > 1 ? `${"ABC"[place]} ` : "", park.share === null || park.share === undefined ? t("exchanges running: {running}", { running: park.running }) : t("{share} % of the attainable · exchanges running: {running}", { share: Math.round(park.share), running: park.running })));
}

// Against the round before: one line a park, where there was one.
function before(view) {
  return (view.parks || []).filter((park) => park.before !== null && park.before !== undefined).map((park) => h("p", {}, t("the round before: {share} %", { share: Math.round(park.before) })));
}

function ranking(view) {
  return (view.ranking || []).length ? h("ol", { class: "ecf-packages" }, view.ranking.map((one) => h("li", {}, h("strong", {}, one.name), ` ${number(one.score)}`))) : null;
}

function reveal(face, view) {
  const out = view.reveal || {};
  const news = (view.news || []).slice(-3).reverse();
  const goals = (view.parks || []).map((park) => park.goal).filter((goal) => goal !== null && goal !== undefined);
  return { title: `${roundOf(view)} · ${t("Reveal")}`, side: [
    h("p", { class: "ecf-question" }, say(out.question)), dots(out), ...dials(view), ...before(view), goals.length ? h("p", {}, t("goal: {goal} %", { goal: Math.round(goals[0]) })) : null,
    h("ul", { class: "ecf-news" }, news.map((line) => h("li", {}, say(line.text)))), ranking(view) || (view.ask ? h("p", { class: "ecf-question" }, say(view.ask)) : null)] };
}

// Predictions as dots, the truth as a line.
function dots(out) {
  const guesses = out.guesses || [], truth = out.truth || [];
  const most = Math.max(1, ...guesses, ...truth) * 1.1;
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("viewBox", "0 0 400 90");
  svg.setAttribute("class", "ecf-dots");
  svg.setAttribute("role", "img");
  svg.setAttribute("aria-label", t("{count} predictions; it came to {truth}", { count: guesses.length, truth: truth.map((one) => number(one)).join(", ") }));
  const add = (name, values, text) => { const part = document.createElementNS("http://www.w3.org/2000/svg", name); Object.entries(values).forEach(([key, value]) => part.setAttribute(key, value)); if (text !== undefined) part.textContent = text; svg.append(part); };
  const at = (value) => 12 + (376 * value) / most;
  add("line", { x1: 12, x2: 388, y1: 60, y2: 60, class: "axis" });
  const heights = new Map();
  guesses.forEach((value) => { const column = Math.round(at(value) / 9); const height = heights.get(column) || 0; heights.set(column, height + 1); add("circle", { cx: at(value), cy: 52 - 9 * Math.min(height, 5), r: 4, class: "guess" }); });
  truth.forEach((value) => { add("line", { x1: at(value), x2: at(value), y1: 4, y2: 66, class: "truth" }); add("text", { x: at(value), y: 84, "text-anchor": "middle", class: "truth-text" }, number(value)); });
  return svg;
}

function debrief(face, view) {
  const { title, body } = slide(view);
  return { title, whole: h("div", { class: "ecf-slide", key: `slide ${(view.debrief || {}).n}` }, body) };
}

function ended(face, view) {
  return { title: t("Thank you"), side: [...dials(view), h("p", {}, t("The report is with your facilitator.")), ranking(view)] };
}

function key() {
  return h("p", { class: "ecf-key" }, h("span", { class: "line" }), t("runs"), " ", h("span", { class: "line dashed" }), t("in talks"));
}
