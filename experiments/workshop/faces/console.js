// The console of the facilitator: pace, people, what to say, what could be done.

import { Channel } from "./channel.js";
import { h, keys, show } from "./dom.js";
import { LANGUAGES, date, mark, number, readNumber, say, spoken, t } from "./text.js";
import { ring, run } from "./timer.js";
import { spaced } from "./join.js";

export function mount(root, { base, code, key }) {
  root.dataset.face = "console";
  const face = { root, base, code, form: {}, said: null };
  const schedule = () => { if (!face.planned) { face.planned = true; setTimeout(() => { face.planned = false; draw(face); }, 50); } };
  face.redraw = schedule;
  face.channel = new Channel({ base, code, face: "console", changed: schedule, closed: schedule });
  face.act = async (name, terms, done) => {
    const ack = await face.channel.act(name, terms);
    face.said = ack.ok ? { kind: "good", text: done || t("Done.") } : { kind: "bad", text: (ack.why || []).map(say).join(" ") };
    schedule();
    return ack;
  };
  if (key) face.act("unlock", { key }, t("The console is yours.")).then((ack) => { history.replaceState(null, "", location.pathname); if (ack.ok && spoken() !== "en") greetIn(face); });
  fetch(`${base}/w/${code}/address.json`).then((answer) => answer.json()).then((address) => { face.address = address; schedule(); }).catch(() => {});
  face.tick = run(root, face.channel);
  document.addEventListener("keydown", (event) => shortcut(face, event));
  keys(root, { Escape: () => { Object.assign(face.form, { row: "", ending: null, sure: false }); schedule(); } });
  face.stop = () => face.channel.stop();
  return face;
}

// A projector for which nobody has chosen a language speaks that of the facilitator.
function greetIn(face) {
  const view = face.channel.mine;
  if (view.phase === undefined) setTimeout(() => greetIn(face), 100);
  else if (view.phase === "lobby" && view.language === "en") face.channel.act("set", { name: "language", value: spoken() });
}

function shortcut(face, event) {
  if (["INPUT", "TEXTAREA", "SELECT", "BUTTON", "A"].includes(event.target.tagName)) return;
  const view = face.channel.mine;
  if (event.key === " ") { event.preventDefault(); face.act(view.paused ? "resume" : "pause", {}); }
  if (view.phase === "debrief" && ["ArrowRight", "ArrowLeft"].includes(event.key)) face.act("set", { name: "slide", value: Math.max(0, Math.min(10, (view.slide || 0) + (event.key === "ArrowRight" ? 1 : -1))) });
}

function draw(face) {
  const view = face.channel.mine;
  document.documentElement.lang = spoken();
  if (face.channel.state === "gone") return show(face.root, h("main", { class: "ecf-card" }, h("h1", {}, t("This workshop is not open")), face.ended === "close_room" ? h("p", {}, t("It is kept. To open it again with the next start: ecopark workshop reopen {file}", { file: face.file || "FILE" })) : null, h("a", { href: `${face.base}/`, class: "ecf-button" }, t("To the application"))));
  if (!view.phase) return show(face.root, locked(face));
  show(face.root, h("header", { class: "ecf-top" }, h("h1", {}, t("Workshop {code}", { code: spaced(face.code) })), h("p", {}, face.channel.state === "here" ? "" : t("reconnecting …")), h("p", { class: `ecf-said ${face.said ? face.said.kind : ""}`, role: "status", "aria-live": "polite" }, face.said ? face.said.text : "")),
    h("main", { class: "ecf-console" }, h("div", { class: "ecf-wide" }, pace(face, view), people(face, view)), h("div", {}, sayNow(view), hints(face, view), interventions(face, view), notes(face, view), screen(face, view), room(face, view), workshops(face))));
  face.tick();
}

function locked(face) {
  const open = async (event) => { event.preventDefault(); await face.act("unlock", { pin: new FormData(event.target).get("pin") }, t("The console is yours.")); };
  return h("main", { class: "ecf-join" }, h("h1", {}, t("Console of workshop {code}", { code: spaced(face.code) })), h("form", { class: "ecf-card", on: { submit: open } }, h("label", { for: "pin" }, t("PIN of eight digits, shown on the open console")), h("input", { id: "pin", name: "pin", inputmode: "numeric", autocomplete: "off", maxlength: "9" }), h("button", { class: "ecf-button", type: "submit" }, t("Open"))), h("p", { class: `ecf-said ${face.said ? face.said.kind : ""}`, role: "status" }, face.said ? face.said.text : ""));
}

const card = (title, ...parts) => h("section", { class: "ecf-card", key: title }, h("h2", {}, title), ...parts);
const button = (label, action, props = {}) => h("button", { class: "ecf-button", ...props, on: { click: action } }, label);

function phase(view) {
  const names = { lobby: mark("Lobby"), practice: mark("Practice"), predict: mark("Predict"), decide: mark("Decide"), vote: mark("Vote"), run: mark("Two years pass"), reveal: mark("Reveal"), debrief: mark("Debrief"), ended: mark("The end") };
  return (view.round ? t("Round {round} of {rounds}", { round: view.round, rounds: view.rounds }) + " · " : "") + t(names[view.phase]);
}

function pace(face, view) {
  const park = (view.parks || [])[0] || {};
  const ahead = view.ahead === null || view.ahead === undefined ? "" : view.ahead >= 0 ? t("{minutes} min ahead", { minutes: Math.round(view.ahead / 60) }) : t("{minutes} min behind", { minutes: Math.round(-view.ahead / 60) });
  const move = (by) => () => face.act("set", { name: "slide", value: Math.max(0, Math.min(10, (view.slide || 0) + by)) });
  const next = () => { if (view.phase !== "run" || face.form.sure) { face.form.sure = false; face.act("next", {}); } else { face.form.sure = true; face.redraw(); } };
  return h("section", { class: "ecf-card ecf-pace", key: "pace" }, h("div", { class: "ecf-pace-line" }, h("h2", {}, phase(view)), ring(view, true), h("span", { class: "ecf-muted" }, [park.year ? date(park.year, park.month) : "", ahead].filter(Boolean).join(" · "))),
    h("div", { class: "ecf-row-buttons" }, view.phase === "lobby" ? button(t("Start"), () => face.act("next", {}), { class: "ecf-button good" }) : null,
      view.ends ? button(view.paused ? t("Go on") : t("Pause"), () => face.act(view.paused ? "resume" : "pause", {})) : null, view.ends ? button(t("+30 s"), () => face.act("add_time", { seconds: 30 })) : null,
      view.phase !== "lobby" && view.phase !== "ended" ? button(face.form.sure ? t("Sure? Skip to the end") : t("Next phase"), next) : null, ["debrief", "ended"].includes(view.phase) ? null : button(t("Extra round"), () => face.act("extra_round", {}))),
    view.phase === "lobby" ? story(face, view) : null,
    view.debrief ? h("div", { class: "ecf-row-buttons" }, button(t("Slide before"), move(-1)), h("span", { role: "status" }, t("Slide {number} of 10: {title}", { number: view.debrief.n, title: say(view.debrief.title) })), button(t("Next slide"), move(1), { class: "ecf-button good" })) : null,
    h("p", { class: "ecf-zero" }, say(view.at_zero)), view.trouble ? h("p", { class: "ecf-wrong", role: "alert" }, t("The journal cannot be written: {trouble}. Play goes on.", { trouble: view.trouble })) : null);
}

// The park in six beats, five seconds each, or step by step.
function story(face, view) {
  const at = (view.settings || {}).story || 0;
  const turn = (value) => face.act("set", { name: "story", value: Math.max(0, Math.min(6, value)) });
  const halt = () => { clearInterval(face.telling); face.telling = null; };
  const tell = () => { halt(); turn(1); face.telling = setInterval(() => { const now = (face.channel.mine.settings || {}).story || 0; if (face.channel.mine.phase !== "lobby" || now >= 6) halt(); else turn(now + 1); }, 5000); };
  return h("div", { class: "ecf-row-buttons" }, button(t("Tell the story"), tell), at ? [button(t("Beat before"), () => { halt(); turn(at - 1); }), h("span", { role: "status" }, t("Beat {number} of 6", { number: at })), button(t("Next beat"), () => { halt(); turn(at + 1); }), button(t("End the story"), () => { halt(); turn(0); })] : null);
}

function people(face, view) {
  const rows = [...(view.seats || [])];
  if (face.form.sort === "name") rows.sort((one, other) => one.name.localeCompare(other.name));
  const lights = { here: t("here"), quiet: t("quiet"), away: t("away") };
  return card(t("People"), h("p", { class: "ecf-muted" }, t("{here} of {people} here; who needs you stands on top", { here: view.here, people: view.people })), h("div", { class: "ecf-scroll", tabindex: "0", role: "region", "aria-label": t("People") }, h("table", { class: "ecf-table" },
    h("thead", {}, h("tr", {}, [t("Name"), t("Seat"), t("Light"), t("Waits"), t("Decided"), t("Score"), t("Actions")].map((one) => h("th", { scope: "col" }, one)))),
    h("tbody", {}, rows.map((row) => h("tr", { key: row.code, class: row.needs ? "needs" : "" }, h("th", { scope: "row" }, row.name), h("td", {}, `${row.company || t(row.role)}${(view.parks || []).length > 1 ? " " + "ABC"[row.park] : ""}`), h("td", {}, h("span", { class: `ecf-light ${row.light}`, "aria-hidden": "true" }), lights[row.light], row.agent ? ` · ${t("agent plays")}` : ""), h("td", {}, number(row.items)), h("td", {}, number(row.decisions)), h("td", {}, row.score === null ? "–" : number(row.score)), h("td", {}, actions(face, view, row))))))));
}

function actions(face, view, row) {
  if (face.form.row !== row.code) return button(t("…"), () => { face.form.row = row.code; face.redraw(); }, { class: "ecf-small", "aria-label": t("Actions for {name}", { name: row.name }), "aria-expanded": "false" });
  const small = (label, action) => button(label, action, { class: "ecf-small" });
  const rename = () => { const name = face.root.querySelector(`#rename-${row.code}`).value; face.act("rename", { person: row.code, name }); };
  return h("div", { class: "ecf-actions" }, small(t("nudge"), () => face.act("nudge", { person: row.code })), row.role === "company" ? small(row.agent ? t("give back") : t("agent plays"), () => face.act("agent_plays", { person: row.code, on: !row.agent })) : null,
    small(t("return word"), async () => { const ack = await face.act("return_word", { person: row.code }); if (ack.ok) { face.said = { kind: "good", text: `${row.name}: ${ack.word}` }; face.redraw(); } }),
    h("label", { class: "ecf-hidden", for: `move-${row.code}` }, t("Move to")), h("select", { id: `move-${row.code}`, on: { change: (event) => { const to = (view.free || [])[Number(event.target.value)]; if (to) face.act("move_to", { person: row.code, ...to }); } } }, h("option", { value: "" }, t("move to …")), (view.free || []).map((one, place) => h("option", { value: String(place) }, `${one.company || t(one.role)}`))),
    h("label", { class: "ecf-hidden", for: `rename-${row.code}` }, t("New name")), h("input", { id: `rename-${row.code}`, maxlength: "24", value: row.name }), small(t("rename"), rename), small(t("close"), () => { face.form.row = ""; face.redraw(); }));
}

function sayNow(view) { return card(t("Say now"), h("ul", { class: "ecf-lines" }, (view.say_now || []).map((one) => h("li", {}, say(one))))); }

function hints(face, view) {
  const to = face.form.to || "all";
  const people = (view.seats || []).map((row) => [row.code, row.name]);
  return card(t("Hints"), h("label", { for: "to" }, t("To")), h("select", { id: "to", on: { change: (event) => { face.form.to = event.target.value; face.redraw(); } } }, [["all", t("all")], ["company", t("companies")], ["council", t("the council")], ["broker", t("the broker")], ...people].map(([value, label]) => h("option", { value, selected: value === to }, label))),
    h("ul", { class: "ecf-hints" }, (view.hints || []).map((one) => h("li", {}, button(`${one.sent ? "✓ " : ""}${say(one.text)}`, () => face.act("hint", { text: one.text[0], to }), { class: "ecf-small" })))));
}

function interventions(face, view) {
  const planned = view.planned || [];
  return card(t("Interventions"), planned.length ? h("ul", { class: "ecf-lines" }, planned.map((one) => h("li", {}, t("Round {round}:", { round: one.round }), " ", say(one.text), " ", one.round >= view.round && !["run", "reveal"].includes(view.phase) ? button(t("undo"), () => face.act("no_shock", {}), { class: "ecf-small" }) : null))) : null,
    (view.shocks || []).map((one) => h("p", {}, button(t("Strike"), () => face.act("shock", { kind: one.kind }), { class: "ecf-small", "aria-label": `${t("Strike")}: ${say(one.text)}` }), " ", say(one.text), " ", h("span", { class: "ecf-muted" }, t("contracts hit: {count}", { count: one.hits })))),
    h("label", { for: "lever" }, t("Lever")), h("select", { id: "lever", on: { change: (event) => { face.form.lever = event.target.value; face.redraw(); } } }, (view.levers || []).map((one) => h("option", { value: one.name, selected: one.name === face.form.lever }, `${t(one.label)}: ${number(one.size)} ${one.unit}`))),
    h("label", { for: "size" }, t("New size")), h("input", { id: "size", inputmode: "decimal", autocomplete: "off" }),
    button(t("Set from now on"), () => { const read = readNumber(face.root.querySelector("#size").value); if (read.value === undefined) { face.said = { kind: "bad", text: t("A number, please.") }; face.redraw(); } else face.act("lever", { name: face.form.lever || view.levers[0].name, size: read.value }); }, { class: "ecf-small" }));
}

function notes(face, view) {
  const keep = async () => { const field = face.root.querySelector("#note"); const ack = await face.act("note", { text: field.value }, t("Kept.")); if (ack.ok) field.value = ""; };
  return card(t("Notes"), h("label", { for: "note" }, t("For you alone")), h("textarea", { id: "note", rows: "2", maxlength: "2000" }), button(t("Keep"), keep, { class: "ecf-small" }), h("ul", { class: "ecf-lines" }, (view.notes || []).slice().reverse().map((one) => h("li", {}, `${one.round ? t("round {round}", { round: one.round }) + ": " : ""}${one.text}`))));
}

function screen(face, view) {
  const set = (name, value) => () => face.act("set", { name, value });
  return card(t("Projector"), h("p", {}, h("a", { class: "ecf-button", href: `${face.base}/w/${face.code}/projector`, target: "ecopark projector", rel: "noopener" }, t("Open projector"))),
    h("div", { class: "ecf-row-buttons" }, button(view.frozen ? t("unfreeze") : t("freeze"), set("frozen", !view.frozen), { class: "ecf-small" }), button(view.blank ? t("show") : t("blank"), set("blank", !view.blank), { class: "ecf-small" }), button(view.dark === false ? t("dark") : t("light"), set("dark", view.dark === false), { class: "ecf-small" })),
    h("div", { class: "ecf-row-buttons" }, button((view.settings || {}).ranking ? t("hide the ranking") : t("show a ranking"), set("ranking", !(view.settings || {}).ranking), { class: "ecf-small" }), ["debrief", "ended"].includes(view.phase) ? button((view.settings || {}).wall ? t("answers off the wall") : t("answers on the wall"), set("wall", !(view.settings || {}).wall), { class: "ecf-small" }) : null),
    h("label", { for: "language" }, t("Language of the projector")), h("select", { id: "language", on: { change: (event) => face.act("set", { name: "language", value: event.target.value }) } }, LANGUAGES.map(([value, label]) => h("option", { value, lang: value, selected: value === view.language }, label))));
}

function room(face, view) {
  const address = face.address || {};
  const pin = async () => { const ack = await face.act("show_pin", {}); if (ack.ok) { face.form.pin = ack.pin; face.redraw(); setTimeout(() => { face.form.pin = ""; face.redraw(); }, 10000); } };
  return card(t("Check the room"), (address.all || []).map((one) => h("p", { class: "ecf-address" }, h("img", { src: one.qr, alt: t("QR code of {link}", { link: one.link }), width: "120", height: "120" }), h("span", {}, one.link))), address.alone ? h("p", { class: "ecf-wrong" }, t("Only this computer reaches the workshop: start it with --host 0.0.0.0.")) : h("p", { class: "ecf-muted" }, t("If no phone answers: a guest Wi-Fi may keep devices apart; use an own hotspot or a cable.")),
    h("p", {}, h("a", { class: "ecf-button", href: `${face.base}/w/${face.code}/dataset.zip`, download: "" }, t("Data set, without names")), " ", h("a", { class: "ecf-button", href: `${face.base}/w/${face.code}/report.html?language=${spoken()}`, download: "" }, t("Report")), " ", h("a", { class: "ecf-button", href: `${face.base}/w/${face.code}/report.html?names=1&language=${spoken()}`, download: "" }, t("Report with names")), " ", h("a", { class: "ecf-button", href: `${face.base}/w/${face.code}/recording.ecopark`, download: "", role: "button" }, t("Save the recording"))), h("p", {}, t("Journal: {name}", { name: view.save || mark("not kept") })), face.form.pin ? h("p", { class: "ecf-bigcode", "data-pin": "" }, face.form.pin) : button(t("Show the PIN for 10 s"), pin, { class: "ecf-small" }));
}

// The own workshops: who is in them, since when nothing happened, how large; closing keeps them on the disk, deleting does not.
function workshops(face) {
  const { form } = face;
  const list = async () => { const ack = await face.act("rooms", {}); if (ack.ok) { form.rooms = ack.rooms; face.redraw(); } };
  const end = (act, code) => async () => { if (code === face.code) { face.ended = act; face.file = face.channel.mine.save; } const ack = await face.act(act, { code }, act === "close_room" ? t("Closed; it stays on the disk.") : t("Deleted.")); form.ending = null; if (ack.ok) form.rooms = (form.rooms || []).filter((one) => one.code !== code); face.redraw(); };
  const copy = async () => { const ack = await face.act("copy_room", {}); if (ack.ok) { form.copied = ack; face.redraw(); } };
  const small = (label, action, kind = "") => button(label, action, { class: `ecf-small ${kind}` });
  const row = (one) => h("li", { key: one.code }, h("strong", {}, spaced(one.code)), " ", t("people: {people}, quiet for {minutes} min, {size} kB", { people: one.people, minutes: Math.round(one.idle / 60), size: Math.ceil(one.bytes / 1000) }), h("div", { class: "ecf-row-buttons" }, ...(form.ending === one.code
    ? [small(t("Close, keep it"), end("close_room", one.code)), small(t("Delete it for ever"), end("delete_room", one.code), "bad"), small(t("Back"), () => { form.ending = null; face.redraw(); })]
    : [small(t("close …"), () => { form.ending = one.code; face.redraw(); })])));
  return card(t("Workshops"), h("div", { class: "ecf-row-buttons" }, small(t("List mine"), list), small(t("Open one more by this plan"), copy)),
    form.copied ? h("p", {}, h("a", { href: `${face.base}/w/${form.copied.code}/console#${form.copied.key}`, target: "_blank", rel: "noopener" }, t("Console of workshop {code}", { code: spaced(form.copied.code) }))) : null,
    form.rooms ? h("ul", { class: "ecf-lines" }, form.rooms.map(row)) : null);
}
