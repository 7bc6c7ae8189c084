// Coming in: code, name, consent, language; or the return word of another phone.

import { h, show } from "./dom.js";
import { LANGUAGES, speak, spoken, t } from "./text.js";

export function askCode(root, base) {
  const go = (event) => {
    event.preventDefault();
    const code = new FormData(event.target).get("code").toUpperCase().replace(/[^A-Z0-9]/g, "");
    if (code) location.href = `${base}/w/${code}`;
  };
  show(root, h("main", { class: "ecf-card ecf-join" }, h("h1", {}, t("Join a workshop")), h("form", { on: { submit: go } },
    h("label", { for: "code" }, t("Code on the screen")), h("input", { id: "code", name: "code", autocomplete: "off", autocapitalize: "characters", maxlength: "12", required: true, class: "ecf-code" }),
    h("button", { class: "ecf-button", type: "submit" }, t("Go on")))));
}

export function page(face, view) {
  const form = face.form;
  const come = async (event) => {
    event.preventDefault();
    const given = new FormData(event.target);
    const wide = Math.min(screen.width, screen.height);
    await face.act("join", {
      name: given.get("name"), consent: given.get("consent") === "on", language: spoken(), observe: given.get("observe") === "on",
      device: wide < 600 ? "phone" : wide < 1000 ? "tablet" : "computer",
    });
  };
  const back = async (event) => {
    event.preventDefault();
    await face.act("return", { word: new FormData(event.target).get("word") });
  };
  return h("main", { class: "ecf-join" }, h("h1", {}, t("Take your seat")), h("p", { class: "ecf-muted" }, t("Workshop {code}", { code: spaced(face.channel.code) })),
    h("div", { class: "ecf-languages", role: "group", "aria-label": t("Language") }, LANGUAGES.map(([code, name]) => h("button", { lang: code, "aria-pressed": String(spoken() === code), on: { click: () => { sessionStorage.setItem("ecopark language", code); speak(code, face.base).then(face.redraw); } } }, name))),
    h("form", { class: "ecf-card", key: "join", on: { submit: come } },
      h("label", { for: "name" }, t("Your name, or none: you get one")), h("input", { id: "name", name: "name", value: face.name || "", maxlength: "24", autocomplete: "nickname" }),
      h("label", { class: "ecf-check" }, h("input", { type: "checkbox", name: "consent" }), h("span", {}, t("My moves may be used for research, without my name. No changes nothing in play."))),
      h("label", { class: "ecf-check" }, h("input", { type: "checkbox", name: "observe" }), h("span", {}, t("I only watch, predict and vote."))),
      h("button", { class: "ecf-button", type: "submit" }, t("Come in"))),
    form.returning ? h("form", { class: "ecf-card", key: "return", on: { submit: back } }, h("label", { for: "word" }, t("Return word, as LIME 42")), h("input", { id: "word", name: "word", autocomplete: "off", maxlength: "20" }), h("button", { class: "ecf-button", type: "submit" }, t("Bring my seat")))
      : h("button", { class: "ecf-link", key: "ask", on: { click: () => { face.form = { returning: true }; face.redraw(); } } }, t("I had a seat on another phone")));
}

export const spaced = (code) => (code || "").replace(/(.{3})(?=.)/g, "$1 ");
