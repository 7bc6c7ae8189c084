// The time that is left: a ring and seconds, drawn between frames, spoken at 60, 30 and 10 s.

import { h } from "./dom.js";
import { clock, t } from "./text.js";

const AROUND = 2 * Math.PI * 16;

export function ring(view, large = false) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("viewBox", "0 0 40 40");
  svg.setAttribute("aria-hidden", "true");
  for (const name of ["back", "front"]) {
    const circle = document.createElementNS("http://www.w3.org/2000/svg", "circle");
    for (const [key, value] of Object.entries({ cx: 20, cy: 20, r: 16, class: `ecf-ring-${name}` })) circle.setAttribute(key, value);
    svg.append(circle);
  }
  return h("span", { class: large ? "ecf-time large" : "ecf-time", "data-time": "", role: "timer", "aria-label": t("time left") }, svg, h("span", { class: "ecf-seconds" }));
}

export function left(view, now) {
  if (view.paused) return view.left;
  return view.ends === null || view.ends === undefined ? null : Math.max(0, view.ends - now);
}

// Draws the time four times a second, and whenever the function that it returns is called: after a face was drawn anew.
export function run(root, channel, spoken) {
  let said = null;
  const draw = () => {
    const view = channel.public;
    const ms = left(view, channel.now());
    root.querySelectorAll("[data-time]").forEach((place) => {
      const text = place.querySelector(".ecf-seconds");
      const front = place.querySelector(".ecf-ring-front");
      text.textContent = ms === null ? "" : clock(ms);
      place.hidden = ms === null;
      const share = ms === null || !view.length ? 0 : Math.min(1, ms / view.length);
      front.style.strokeDasharray = `${share * AROUND} ${AROUND}`;
      place.classList.toggle("soon", ms !== null && ms < 10000);
    });
    root.querySelectorAll("[data-until]").forEach((place) => {
      place.textContent = Math.max(0, Math.ceil((Number(place.dataset.until) - channel.now()) / 1000));
    });
    if (ms !== null && spoken) {
      const second = Math.ceil(ms / 1000);
      if ([60, 30, 10].includes(second) && said !== second) spoken(t("{count} seconds left", { count: second }));
      said = second;
    }
  };
  draw();
  setInterval(draw, 250);
  return draw;
}
