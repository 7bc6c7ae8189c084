// The briefing card, and the newest lines of what happened to the own seat.

import { h } from "./dom.js";
import { mark, say, t } from "./text.js";

export function lines(view) {
  return h("ul", { class: "ecf-lines" }, (view.news || []).slice(0, 5).map((line) => h("li", { class: line.kind || "" }, say(line.text))));
}

export function briefing(view) {
  const card = view.briefing || {};
  const rows = [["makes", ""], ["throws", ""], ["buys", ""], ["aim", mark("Your aim")], ["secret", mark("Tell nobody")]];
  return h("section", { class: "ecf-card" }, h("h2", {}, t("Your card")), rows.filter(([name]) => card[name]).map(([name, label]) => h("p", { class: name }, label ? h("strong", {}, t(label) + ": ") : null, say(card[name]))),
    view.who ? h("p", { class: "ecf-muted" }, t("Your return word is {word}. It brings your seat to another phone.", { word: view.who.word })) : null);
}
