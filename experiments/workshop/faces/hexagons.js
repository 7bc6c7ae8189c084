// Companies of a large park in hexagons: how many stand in each, and how much flows from one to another.

export const MOST_DISCS = 1500;
const MOST_FLOWS = 250;

// Returns {cells: [{x, y, count}], of: number of the cell by company}. x, y: places of the companies; radius: of a hexagon.
export function hexagons(x, y, radius) {
  const cells = [], of = new Int32Array(x.length), known = new Map();
  for (let place = 0; place < x.length; place += 1) {
    const [column, row] = nearest((Math.sqrt(3) / 3 * x[place] - y[place] / 3) / radius, (2 / 3) * y[place] / radius);
    const key = column * 65536 + row;
    if (!known.has(key)) {
      known.set(key, cells.length);
      cells.push({ x: radius * Math.sqrt(3) * (column + row / 2), y: radius * 1.5 * row, count: 0 });
    }
    of[place] = known.get(key);
    cells[of[place]].count += 1;
  }
  return { cells, of };
}

// Rounds axial coordinates to the hexagon in which they lie.
function nearest(column, row) {
  const third = -column - row;
  let [q, r] = [Math.round(column), Math.round(row)];
  const s = Math.round(third);
  const [offQ, offR, offS] = [Math.abs(q - column), Math.abs(r - row), Math.abs(s - third)];
  if (offQ > offR && offQ > offS) q = -r - s;
  else if (offR > offS) r = -q - s;
  return [q, r];
}

// Returns the widest summed links between hexagons, [{from, to, count, width, colour}]; what stays within one is left out.
export function flows(links, of) {
  const sums = new Map();
  for (const { from, to, width, colour } of links) {
    if (of[from] === of[to]) continue;
    const key = `${of[from]} ${of[to]} ${colour}`;
    const sum = sums.get(key);
    if (sum) { sum.count += 1; sum.width += width; } else sums.set(key, { from: of[from], to: of[to], count: 1, width, colour });
  }
  return [...sums.values()].sort((one, other) => other.width - one.width).slice(0, MOST_FLOWS).map((sum) => ({ ...sum, width: Math.min(12, Math.sqrt(sum.width)) }));
}

export function corners({ x, y }, radius) {
  return [0, 1, 2, 3, 4, 5].map((side) => [x + radius * Math.sin((side * Math.PI) / 3), y - radius * Math.cos((side * Math.PI) / 3)]);
}
