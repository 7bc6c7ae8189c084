// The map of a park on a canvas: companies as discs, exchanges as arrows, talks as dashes. Only names and kinds are known here.

import { MOST_DISCS, corners, flows, hexagons } from "./hexagons.js";

const WIDTH = 1000, HEIGHT = 640;
const STRETCH = 1.6; // one direction may be drawn longer than the other, so that names find room

export function parkMap(canvas, base, park, { own = "", large = false, fresh = new Set() } = {}) {
  if (!canvas || !base || !park) return;
  const ratio = Math.min(3, window.devicePixelRatio || 1);
  const { width, height } = canvas.getBoundingClientRect();
  if (!width || !height) return;
  if (canvas.width !== Math.round(width * ratio) || canvas.height !== Math.round(height * ratio)) {
    canvas.width = Math.round(width * ratio);
    canvas.height = Math.round(height * ratio);
  }
  canvas._drawn = true;
  const style = getComputedStyle(canvas);
  const colour = (name) => style.getPropertyValue(name).trim();
  const pen = canvas.getContext("2d");
  const across = (width - (large ? 190 : 70)) / (WIDTH - 120), down = (height - (large ? 130 : 50)) / (HEIGHT - 120);
  const x = (place) => width / 2 + (base.x[place] - WIDTH / 2) * Math.min(across, STRETCH * down);
  const y = (place) => height / 2 + (base.y[place] - HEIGHT / 2) * Math.min(down, STRETCH * across);
  pen.setTransform(ratio, 0, 0, ratio, 0, 0);
  pen.clearRect(0, 0, width, height);
  const closed = new Set(park.closed || []);
  if (base.names.length > MOST_DISCS) return swarm(pen, base, park, { x, y, own, large, colour });
  const sizes = large ? 1.5 : 1;
  (park.links || []).forEach((link) => arrow(pen, x(link[0]), y(link[0]), x(link[1]), y(link[1]), {
    colour: base.groups[link[2]][1], width: (link[3] === 1 ? link[4] : large ? 2.4 : 1.2) * sizes, dashed: link[3] !== 1, faint: link[3] === 0, glow: fresh.has(link[5]),
  }));
  const radius = Math.max(3, Math.min(large ? 14 : 8, 0.02 * width)) * (base.names.length > 60 ? 0.6 : 1);
  base.names.forEach((name, place) => {
    pen.beginPath();
    pen.arc(x(place), y(place), name === own ? radius * 1.5 : radius, 0, 7);
    pen.fillStyle = closed.has(place) ? colour("--faint") : base.sectors[base.sector[place]][1];
    pen.fill();
    pen.lineWidth = name === own ? 3 : 1.2;
    pen.strokeStyle = name === own ? colour("--ink") : colour("--paper");
    pen.stroke();
  });
  names(pen, base, { x, y, radius, width, height, own, large, colour, closed });
}

// A large park: hexagons with counts and summed flows; the own company stays a disc with its name.
function swarm(pen, base, park, { x, y, own, large, colour }) {
  const radius = large ? 34 : 16;
  const across = base.names.map((_, place) => x(place)), down = base.names.map((_, place) => y(place));
  const { cells, of } = hexagons(across, down, radius);
  const links = (park.links || []).map((link) => ({ from: link[0], to: link[1], width: link[4], colour: base.groups[link[2]][1] }));
  const most = Math.max(...cells.map((cell) => cell.count));
  pen.font = `600 ${large ? 20 : 10}px system-ui, sans-serif`;
  pen.textAlign = "center";
  pen.textBaseline = "middle";
  for (const cell of cells) {
    pen.beginPath();
    corners(cell, 0.94 * radius).forEach(([left, top]) => pen.lineTo(left, top));
    pen.closePath();
    pen.globalAlpha = 0.15 + 0.5 * (cell.count / most);
    pen.fillStyle = colour("--mark");
    pen.fill();
    pen.globalAlpha = 1;
  }
  for (const flow of flows(links, of)) arrow(pen, cells[flow.from].x, cells[flow.from].y, cells[flow.to].x, cells[flow.to].y, { ...flow, dashed: false, faint: true, glow: false });
  pen.fillStyle = colour("--ink");
  for (const cell of cells) pen.fillText(String(cell.count), cell.x, cell.y);
  const place = base.names.indexOf(own);
  if (place >= 0) {
    pen.beginPath();
    pen.arc(across[place], down[place], 7, 0, 7);
    pen.fill();
    pen.fillText(own, across[place], down[place] - 16);
  }
  pen.textAlign = "start";
}

function arrow(pen, fromX, fromY, toX, toY, { colour, width, dashed, faint, glow }) {
  const length = Math.hypot(toX - fromX, toY - fromY) || 1;
  const bend = Math.min(40, 0.12 * length);
  const middleX = (fromX + toX) / 2 - (bend * (toY - fromY)) / length, middleY = (fromY + toY) / 2 + (bend * (toX - fromX)) / length;
  pen.save();
  pen.strokeStyle = pen.fillStyle = colour;
  pen.globalAlpha = faint ? 0.7 : 1;
  pen.lineWidth = glow ? width + 4 : width;
  if (dashed) pen.setLineDash(faint ? [9, 4] : [3 + 2 * width, 4 + 2 * width]);
  pen.beginPath();
  pen.moveTo(fromX, fromY);
  pen.quadraticCurveTo(middleX, middleY, toX, toY);
  pen.stroke();
  pen.setLineDash([]);
  const angle = Math.atan2(toY - middleY, toX - middleX), size = 5 + 1.4 * width;
  const tipX = toX - 9 * Math.cos(angle), tipY = toY - 9 * Math.sin(angle);
  pen.beginPath();
  pen.moveTo(tipX, tipY);
  pen.lineTo(tipX - size * Math.cos(angle - 0.45), tipY - size * Math.sin(angle - 0.45));
  pen.lineTo(tipX - size * Math.cos(angle + 0.45), tipY - size * Math.sin(angle + 0.45));
  pen.fill();
  pen.restore();
}

// Names are written where they cover neither discs nor each other: below, above, right, left; the own one first.
function names(pen, base, { x, y, radius, width, height, own, large, colour, closed }) {
  const size = large ? Math.max(20, Math.round(0.026 * window.innerHeight)) : 11;
  pen.font = `600 ${size}px system-ui, sans-serif`;
  pen.textBaseline = "middle";
  pen.lineJoin = "round";
  const taken = base.names.map((_, place) => ({ left: x(place) - radius, right: x(place) + radius, top: y(place) - radius, bottom: y(place) + radius }));
  const order = base.names.map((_, place) => place).sort((one, other) => (base.names[other] === own) - (base.names[one] === own));
  const most = base.names.length > 60 ? 40 : base.names.length;
  for (const place of order.slice(0, most)) {
    const text = base.names[place], wide = pen.measureText(text).width;
    const away = radius + size * 0.7;
    const spots = [[x(place) - wide / 2, y(place) + away], [x(place) - wide / 2, y(place) - away], [x(place) + radius + 4, y(place)], [x(place) - radius - 4 - wide, y(place)],
      ...[[1, 1], [1, -1], [-1, 1], [-1, -1]].map(([side, up]) => [x(place) + side * radius - (side < 0 ? wide : 0), y(place) + up * away])];
    const box = ([left, middle]) => ({ left, right: left + wide, top: middle - size / 2, bottom: middle + size / 2 });
    const free = spots.map((spot) => [Math.max(2, Math.min(width - wide - 2, spot[0])), Math.max(size / 2, Math.min(height - size / 2, spot[1]))]).find((spot) => !taken.some((other, who) => who !== place && overlaps(box(spot), other)));
    if (!free && text !== own) continue;
    const spot = free || spots[0];
    taken.push(box(spot));
    pen.lineWidth = 4;
    pen.strokeStyle = colour("--paper");
    pen.strokeText(text, spot[0], spot[1]);
    pen.fillStyle = closed.has(place) ? colour("--muted") : colour("--ink");
    pen.fillText(text, spot[0], spot[1]);
  }
}

const overlaps = (one, other) => one.left < other.right && one.right > other.left && one.top < other.bottom && one.bottom > other.top;
