// The plain page: which face, which workshop.

import { speak } from "./text.js";

const { root, face } = document.documentElement.dataset;
const parts = location.pathname.slice(root.length).split("/").filter(Boolean);
const code = (parts[1] || "").toUpperCase().replace(/[^A-Z0-9]/g, "");
const wanted = sessionStorage.getItem("ecopark language") || (navigator.language || "en").slice(0, 2);
await speak(wanted, root);
const { mount } = await import(`./${face}.js`);
mount(document.getElementById("face"), { base: root, code, key: location.hash.slice(1) });
