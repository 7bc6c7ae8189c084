// The slides of the debrief: what the server has worked out, drawn large.

import { h } from "./dom.js";
import { money, number, price, say, t } from "./text.js";

const SPACE = "http://www.w3.org/2000/svg";

function picture(width, height, label, draw) {
  const svg = document.createElementNS(SPACE, "svg");
  for (const [name, value] of Object.entries({ viewBox: `0 0 ${width} ${height}`, class: "ecf-picture", role: "img", "aria-label": label })) svg.setAttribute(name, value);
  draw((name, values, text) => {
    const part = document.createElementNS(SPACE, name);
    for (const [key, value] of Object.entries(values)) part.setAttribute(key, value);
    if (text !== undefined) part.textContent = text;
    svg.append(part);
  });
  return svg;
}

export function slide(view) {
  const one = view.debrief || {};
  if (!one.title) return { title: t("Debrief"), body: [] };
  const parts = [];
  if (one.lead) parts.push(h("p", { class: "ecf-question" }, say(one.lead)));
  if (one.words && one.words.length) parts.push(cloud(one.words));
  if (one.guesses) { const most = Math.max(1, ...one.guesses.flatMap((each) => [each.truth, ...each.guesses])) * 1.05; parts.push(...one.guesses.map((each) => guesses(each, most))); }
  if (one.zones) parts.push(h("ul", { class: "ecf-zones" }, one.zones.map((talk) => h("li", { class: talk.end === "signed" ? "good" : talk.zone ? "bad" : "" }, h("span", {}, talk.label), zone(talk), h("span", {}, ending(talk))))));
  if (one.series) parts.push(...one.series.map(series));
  if (one.shares && one.shares.length) parts.push(shares(one.shares));
  if (one.places && one.places.length) parts.push(h("ul", { class: "ecf-zones" }, one.places.map(([label, place]) => h("li", {}, h("span", {}, label), halves(place), h("span", {}, `${number(place)} %`)))));
  if (one.bars && one.bars.length) parts.push(h("ul", { class: "ecf-zones words" }, one.bars.map(bar)));
  if (one.lines && one.lines.length) parts.push(h("ul", { class: "ecf-news" }, one.lines.map((line) => h("li", {}, say(line)))));
  if (one.badges && one.badges.length) parts.push(h("dl", { class: "ecf-badges" }, one.badges.map((badge) => h("div", {}, h("dt", {}, say(badge.title)), h("dd", {}, badge.name)))));
  return { title: one.n ? `${number(one.n)} · ${say(one.title)}` : say(one.title), body: parts };
}

function ending(talk) {
  const words = { signed: t("signed at {price}", { price: talk.price === null ? "" : price(talk.price) }), walked: t("broke off"), open: t("still open"), lapsed: t("lapsed") };
  return words[talk.end] || "";
}

function cloud(words) {
  const most = Math.max(...words.map(([, count]) => count));
  return h("p", { class: "ecf-cloud" }, words.map(([word, count]) => h("span", { class: `s${Math.ceil((3 * count) / most)}` }, word, " ")));
}

// The zone between both least gains, offers as dots, the price of the deal as a line.
export function zone(talk) {
  const dots = (talk.offers || []).map(([, value]) => value);
  const ends = [talk.low, talk.high, ...dots, ...(talk.price === null ? [] : [talk.price])].filter((value) => Number.isFinite(value));
  const from = Math.min(...ends), to = Math.max(...ends);
  const at = (value) => 8 + (384 * (value - from)) / Math.max(to - from, 1e-9);
  const label = talk.zone ? t("both could have signed from {low} to {high}", { low: price(talk.low), high: price(talk.high) }) : t("no price suited both");
  return picture(400, 26, label, (add) => {
    add("line", { x1: 8, x2: 392, y1: 13, y2: 13, class: "axis" });
    if (talk.zone) add("rect", { x: at(talk.low), y: 5, width: Math.max(2, at(talk.high) - at(talk.low)), height: 16, rx: 3, class: talk.end === "signed" ? "zone" : "zone missed" });
    for (const [side, value] of talk.offers || []) add(side === "seller" ? "circle" : "rect", side === "seller" ? { cx: at(value), cy: 13, r: 4, class: "guess" } : { x: at(value) - 4, y: 9, width: 8, height: 8, class: "guess buyer" });
    if (talk.end === "signed" && talk.price !== null) add("line", { x1: at(talk.price), x2: at(talk.price), y1: 1, y2: 25, class: "truth" });
  });
}

function halves(place) {
  return picture(400, 26, t("The buyer got {share} % of the surplus", { share: place }), (add) => {
    add("rect", { x: 0, y: 7, width: 400, height: 12, class: "zone back" });
    add("line", { x1: 200, x2: 200, y1: 2, y2: 24, class: "axis" });
    add("circle", { cx: 6 + 3.88 * place, cy: 13, r: 8, class: "guess" });
  });
}

function bar(one) {
  const size = Math.max(0, Math.min(1, Math.abs(one.value) / Math.max(one.most || 0, 1e-9)));
  const text = one.money ? money(one.value) : number(one.value);
  return h("li", {}, h("span", {}, say(one.label)), picture(400, 26, `${say(one.label)}: ${text}`, (add) => add("rect", { x: 0, y: 5, width: Math.max(2, 400 * size), height: 16, rx: 3, class: one.value < 0 ? "zone missed" : "zone" })), h("span", {}, text));
}

function guesses(one, most) {
  const at = (value) => 10 + (480 * value) / most;
  const label = t("Round {round}: guessed {median}, came {truth}", { round: one.round, median: one.median ?? "–", truth: one.truth });
  return h("figure", { class: "ecf-strip" }, h("figcaption", {}, label), picture(500, 30, label, (add) => {
    add("line", { x1: 10, x2: 490, y1: 22, y2: 22, class: "axis" });
    const heights = new Map();
    for (const value of one.guesses) { const column = Math.round(at(value) / 9), height = heights.get(column) || 0; heights.set(column, height + 1); add("circle", { cx: at(value), cy: 16 - 6 * Math.min(height, 2), r: 4, class: "guess" }); }
    add("line", { x1: at(one.truth), x2: at(one.truth), y1: 0, y2: 30, class: "truth" });
  }));
}

function series(one) {
  const whole = [...one.people, ...one.agents];
  const low = Math.min(0, ...whole), high = Math.max(...whole, 1e-9);
  const x = (place) => 60 + (620 * place) / Math.max(1, one.year.length - 1);
  const y = (value) => 270 - (236 * (value - low)) / (high - low);
  const ends = [y(one.people.at(-1)), y(one.agents.at(-1))];
  if (Math.abs(ends[0] - ends[1]) < 22) ends[ends[0] <= ends[1] ? 1 : 0] += 22 - Math.abs(ends[0] - ends[1]);
  const path = (values) => values.map((value, place) => `${place ? "L" : "M"}${x(place).toFixed(1)} ${y(value).toFixed(1)}`).join(" ");
  const label = t("Gain of all companies by year, million EUR: you {people}, agents {agents}", { people: number(one.people.at(-1)), agents: number(one.agents.at(-1)) });
  return picture(800, 310, label, (add) => {
    add("line", { x1: 60, x2: 680, y1: y(0), y2: y(0), class: "axis" });
    for (const value of [low, (low + high) / 2, high]) add("text", { x: 54, y: y(value) + 5, "text-anchor": "end", class: "tick" }, number(Math.round(value) || 0, 0));
    one.year.forEach((year, place) => { if (place % Math.ceil(one.year.length / 6) === 0) add("text", { x: x(place), y: 296, "text-anchor": "middle", class: "tick" }, String(year)); });
    add("text", { x: 60, y: 18, class: "tick" }, t("million EUR a year"));
    add("path", { d: path(one.agents), class: "curve agents" });
    add("path", { d: path(one.people), class: "curve people" });
    add("text", { x: 690, y: ends[0] + 6, class: "curve-name" }, t("you"));
    add("text", { x: 690, y: ends[1] + 6, class: "curve-name agents" }, t("agents"));
  });
}

function shares(rounds) {
  return h("ul", { class: "ecf-zones" }, rounds.flatMap((one) => one.shares.map((share, place) => h("li", {}, h("span", {}, t("Round {round}", { round: one.round }) + (one.shares.length > 1 ? ` ${"ABC"[place]}` : "")), picture(400, 26, `${number(share)} %`, (add) => { add("rect", { x: 0, y: 5, width: 400, height: 16, class: "zone back" }); add("rect", { x: 0, y: 5, width: Math.max(2, 4 * Math.max(0, Math.min(100, share || 0))), height: 16, class: "zone" }); }), h("span", {}, share === null ? "–" : `${number(share)} %`)))));
}
