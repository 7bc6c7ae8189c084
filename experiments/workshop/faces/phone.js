// The phone: who and how long, the goal, what waits, at most three buttons; one thumb is enough.

import { Channel } from "./channel.js";
import { h, keys, show } from "./dom.js";
import * as join from "./join.js";
import { parkMap } from "./map.js";
import { company, market, news, park } from "./phone_tabs.js";
import { call } from "./phone_call.js";
import { offer } from "./phone_offer.js";
import { debrief, practice, predict, proposal, reveal, vote } from "./phone_phases.js";
import { briefing, lines } from "./phone_card.js";
import { fallen, forecast, membership } from "./phone_requests.js";
import { fix, mark, money, number, say, speak, spoken, t } from "./text.js";
import { ring, run } from "./timer.js";

const TABS = [["now", mark("Now")], ["company", mark("Company")], ["market", mark("Market")], ["park", mark("Park")], ["news", mark("News")]];

export function mount(root, { base, code, name = "" }) {
  root.dataset.face = "phone";
  if (!code) return join.askCode(root, base);
  const face = { root, base, name, tab: "now", form: {}, said: null, busy: false };
  face.channel = new Channel({ base, code, face: "phone", changed: () => schedule(face), closed: () => schedule(face) });
  face.redraw = () => schedule(face);
  face.tell = (text, kind = "info") => { face.said = { text, kind }; clearTimeout(face.fading); face.fading = setTimeout(() => { face.said = null; schedule(face); }, 8000); schedule(face); };
  face.act = async (name, terms, done) => {
    const ack = await face.channel.act(name, terms);
    if (ack.ok) { if (done) face.tell(typeof done === "function" ? done(ack) : done, "good"); }
    else face.tell((ack.why || []).map(say).join(" "), "bad");
    return ack;
  };
  fetch(`${base}/w/${code}/park.json`).then((answer) => answer.json()).then((map) => { face.map = map; schedule(face); }).catch(() => {});
  face.tick = run(root, face.channel, (text) => { const place = root.querySelector("[data-spoken]"); if (place) place.textContent = text; });
  keys(root, {
    t: () => { if (face.tab === "park") { face.table = !face.table; face.redraw(); } },
    Escape: () => { face.form = face.form.item ? { item: face.form.item } : {}; face.said = null; face.redraw(); },
  });
  face.stop = () => face.channel.stop();
  return face;
}

function schedule(face) {
  if (face.planned) return;
  face.planned = true;
  requestAnimationFrame(() => { face.planned = false; draw(face); });
  setTimeout(() => { if (face.planned) { face.planned = false; draw(face); } }, 300);
}

function draw(face) {
  const { channel, root } = face;
  const view = { ...channel.public, ...channel.mine };
  if (channel.state === "gone") return show(root, h("main", { class: "ecf-card" }, h("h1", {}, t("This workshop is not open")), h("p", {}, t("Ask for the code again.")), h("a", { href: `${face.base}/w`, class: "ecf-button" }, t("Enter a code"))));
  if (channel.who === null && !view.phase) return show(root, h("main", { class: "ecf-card" }, h("h1", {}, t("Connecting …"))));
  if (!channel.who) return show(root, join.page(face, view), status(face));
  fix(view.goal && view.goal.scale);
  if (view.who && view.who.language && view.who.language !== spoken() && !face.languageSet) {
    face.languageSet = true;
    speak(view.who.language, face.base).then(face.redraw);
  }
  document.documentElement.lang = spoken();
  vibrate(face, view);
  const { body, bar } = content(face, view);
  show(root, h("header", {}, head(face, view), goal(view)), h("main", { class: "ecf-main", id: "main", tabindex: "0" }, h("h1", { class: "ecf-hidden" }, title(face)), away(face, view), body),
    h("footer", { class: "ecf-foot" }, status(face), bar && bar.length ? h("div", { class: `ecf-bar n${bar.length}` }, bar) : null, tabs(face, view)));
  face.tick();
  if (face.tab === "park" && face.map) parkMap(root.querySelector("canvas"), face.map, (view.parks || [])[view.who ? view.who.park : 0], { own: view.who && view.who.company });
}

function title(face) { return t(TABS.find(([name]) => name === face.tab)[1]); }

function head(face, view) {
  const who = view.who || {};
  return h("div", { class: "ecf-head" },
    h("a", { class: "ecf-skip", href: "#main" }, t("Skip to what waits")),
    h("div", { class: "ecf-who" }, h("strong", {}, who.company ? who.label : t(roleName(who.role))), h("span", {}, `${who.name || ""} · ${phaseName(view)}`)),
    face.channel.state === "here" ? null : h("span", { class: "ecf-lost", role: "status" }, t("reconnecting …")),
    view.paused ? h("span", { class: "ecf-pause" }, t("Pause")) : null, ring(view), h("span", { class: "ecf-hidden", "aria-live": "polite", "data-spoken": "", "data-live-text": "" }));
}

function roleName(role) { return { company: mark("Company"), council: mark("Council"), broker: mark("Broker"), observer: mark("Observer") }[role] || ""; }

function phaseName(view) {
  const names = { lobby: mark("Lobby"), practice: mark("Practice"), predict: mark("Predict"), decide: mark("Decide"), vote: mark("Vote"), run: mark("Two years pass"), reveal: mark("Reveal"), debrief: mark("Debrief"), ended: mark("The end") };
  return view.round ? t("round {round} of {rounds}", { round: view.round, rounds: view.rounds }) + ` · ${t(names[view.phase])}` : t(names[view.phase]);
}

function goal(view) {
  const goal = view.goal || {};
  const parts = [];
  if (view.who && view.who.role === "company") parts.push(goal.par === null || goal.par === undefined ? t("Your gain {gain}", { gain: { money: goal.gain } }) : t("Your gain {gain} of par {par}", { gain: { money: goal.gain }, par: { money: goal.par } }));
  else if (view.who && view.who.role === "broker") parts.push(t("Your matches gained {gain}", { gain: { money: goal.gain } }));
  else if (view.who && view.who.role === "council") parts.push(goal.par === null || goal.par === undefined ? t("Public account {gain}", { gain: { money: goal.gain } }) : t("Public account {gain} of par {par}", { gain: { money: goal.gain }, par: { money: goal.par } }));
  else if (goal.forecast !== null && goal.forecast !== undefined) parts.push(t("Forecasts {score} of 100", { score: Math.round(goal.forecast) }));
  if (goal.share !== null && goal.share !== undefined) parts.push(goal.target ? t("park {share} % of {target} %", { share: Math.round(goal.share), target: Math.round(goal.target) }) : t("park {share} %", { share: Math.round(goal.share) }));
  return h("p", { class: "ecf-goal" }, parts.length ? parts.join(" · ") : t("Goal: more together than agents alone"));
}

function away(face, view) {
  if (!view.agent) return null;
  const did = view.agent_did || {};
  return h("section", { class: "ecf-card warn", key: "away" }, h("p", {}, t("Your agent plays. In this round it signed {signed} and refused {refused}.", { signed: did.signed || 0, refused: did.refused || 0 })),
    h("button", { class: "ecf-button", on: { click: () => face.act("autopilot", { on: false }, t("You play again.")) } }, t("Take over")));
}

function content(face, view) {
  if (face.tab === "company") return { body: company(face, view) };
  if (face.tab === "market") return { body: market(face, view) };
  if (face.tab === "park") return { body: park(face, view) };
  if (face.tab === "news") return { body: news(face, view) };
  if (view.phase === "lobby") return { body: briefing(view) };
  if (view.phase === "practice") return practice(face, view);
  if (view.phase === "predict") return predict(face, view);
  if (view.phase === "vote") return vote(face, view);
  if (view.phase === "run") return { body: h("section", { class: "ecf-card" }, h("h2", {}, t("Two years pass")), h("p", {}, t("Look at the projector. What waits for you comes when decisions open again.")), lines(view)) };
  if (view.phase === "reveal") return reveal(face, view);
  if (view.phase === "debrief" || view.phase === "ended") return debrief(face, view);
  return decide(face, view);
}

function decide(face, view) {
  const items = view.items || [];
  const open = items.find((item) => item.id === face.form.item) || items.find((item) => item.turn && !item.auto && !item.draft) || items[0];
  if (!open) return { body: h("section", { class: "ecf-card" }, h("h2", {}, t("Nothing waits for you")), h("p", {}, view.who && view.who.role === "company" ? t("Propose a talk yourself: see Market.") : t("Watch the park; you predict and vote.")), lines(view)) };
  const { body, bar } = ({ offer, call, terms: fallen, membership, forecast }[open.kind] || proposal)(face, view, open);
  const others = items.filter((item) => item !== open);
  return { body: [body, others.length ? h("section", { key: "others" }, h("h2", {}, t("Also open")), h("ul", { class: "ecf-others" }, others.map((item) => h("li", { key: item.id }, h("button", { on: { click: () => { face.form = { item: item.id }; face.redraw(); } } }, h("strong", {}, item.partner || ""), " ", short(item)))))) : null], bar };
}

function short(item) {
  if (item.kind === "terms") return t("new terms");
  if (item.kind === "membership") return t("a membership");
  if (item.kind === "forecast") return t("a forecast");
  if (item.kind === "call") return item.turn ? t("asks for your best price") : t("your best price stands");
  if (item.kind !== "offer") return t("could talk with you");
  if (item.draft) return t("your offer goes out");
  if (!item.turn) return t("has the word");
  return item.theirs ? `${t(item.material)}: ${money(item.theirs.gain, true)}` : t("waits for your offer");
}

function tabs(face, view) {
  return h("nav", { class: "ecf-tabs", "aria-label": t("Pages") }, TABS.map(([name, label]) => h("button", {
    key: name, "aria-current": face.tab === name ? "page" : null,
    on: { click: () => { face.tab = name; if (name === "news" && view.unread) face.channel.act("looked"); face.redraw(); } },
  }, t(label), badge(name, view))));
}

function badge(name, view) {
  const waits = (view.items || []).filter((item) => item.turn && !item.auto && !item.draft).length;
  const count = name === "news" ? view.unread : name === "now" ? waits : 0;
  return count ? h("span", { class: "ecf-badge", "aria-label": t("{count} new", { count }) }, number(count)) : null;
}

function status(face) {
  return h("p", { class: `ecf-said ${face.said ? face.said.kind : ""}`, role: "status", "aria-live": "polite" }, face.said ? face.said.text : "");
}

function vibrate(face, view) {
  const waits = (view.items || []).filter((item) => item.turn && !item.draft).map((item) => item.id).join();
  if (waits && face.waits !== undefined && waits !== face.waits && navigator.vibrate && navigator.userActivation && navigator.userActivation.hasBeenActive) navigator.vibrate(60);
  face.waits = waits;
}
