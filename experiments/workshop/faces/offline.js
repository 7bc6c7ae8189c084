// What stands in for the application while its scripts are missing: it opens it by itself where the internet brings them.

import { h, show } from "./dom.js";
import { LANGUAGES, speak, t } from "./text.js";

const root = document.querySelector("#offline"), base = document.documentElement.dataset.root;
const language = navigator.languages.map((one) => one.slice(0, 2)).find((one) => LANGUAGES.some(([code]) => code === one)) || "en";

speak(language, base).then(async () => {
  document.documentElement.lang = language;
  show(root, h("main", { class: "ecf-card" }, h("h1", {}, t("The application needs scripts that are not on this computer")), h("p", {}, t("Missing: {count} files. Where there is internet, the application opens by itself in a moment.", { count: Number(root.dataset.missing) })),
    h("p", {}, t("To work without internet, type this once where there is some, and start again:")), h("p", {}, h("code", {}, 'pip install "ecopark[offline]"')), h("p", {}, h("a", { class: "ecf-button", href: `${base}/w` }, t("Join a workshop")), " ", t("Seats of a workshop need none of them."))));
  const answer = await fetch(`${base}/_solara/cdn/${root.dataset.asset}`).catch(() => ({ ok: false }));
  const there = new URL(location.href);
  there.searchParams.set("online", "1");
  if (answer.ok) location.replace(there);
});
