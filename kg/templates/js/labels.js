// ---- labels, groups and the lines' names: drawn over either renderer, so that both look alike ----

const FONT = "system-ui, -apple-system, 'Segoe UI', 'Liberation Sans', sans-serif";
const LABEL_SIZE = 11.5;
const LINE = 13; // of a label, in pixels
const MOST_LABELS = 260;
const HUBS = 12; // are named in any case, fewer on a small screen
const CLOSE = 1.15; // the scale from which lines are named
const MOST_LIT_EDGES = 10; // lines around one actor that are still named
const ALWAYS_FRESH = 800; // drawn nodes up to which labels are chosen anew while things move

const veil = byId("labels");
const pen = veil.getContext("2d");
const ground = byId("ground");
const groundPen = ground.getContext("2d");
const widths = new Map();
let placedLabels = [];
let placedFor = "";
let labelTimer = 0;

/** The few short lines of a name, without what would turn the text round (see kg/layout.py). */
function linesOf(text) {
  const clean = text.slice(0, 400)
    .replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029]/g, " ")
    .replace(/[\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff]/g, "");
  const lines = [""];
  for (const given of clean.split(/\s+/)) {
    const last = lines[lines.length - 1];
    if (`${last} ${given}`.trim().length <= 24) {
      lines[lines.length - 1] = `${last} ${given}`.trim();
      continue;
    }
    lines.push(given.length > 30 ? `${given.slice(0, 23)}…` : given);
  }
  const kept = lines.filter((line) => line);
  if (kept.length > 1 && kept[kept.length - 1].length < 6) kept.push(kept.splice(-2).join(" ")); // "e.V."
  if (kept.length <= 2) return kept.length ? kept : [""];
  return [kept[0], `${kept[1].slice(0, 23).trimEnd()}…`];
}

const linesCache = new Map();
function labelLines(i) {
  if (!linesCache.has(i)) linesCache.set(i, linesOf(labelOf(i)));
  return linesCache.get(i);
}

function widthOf(line, bold) {
  const key = bold ? `*${line}` : line;
  if (!widths.has(key)) {
    pen.font = `${bold ? "600 " : ""}${LABEL_SIZE}px ${FONT}`;
    widths.set(key, pen.measureText(line).width);
  }
  return widths.get(key);
}

const apart = (a, b) =>
  a.right < b.left || b.right < a.left || a.bottom < b.top || b.bottom < a.top;

/** Where drawn nodes are on the screen, by squares, so that a label covers none of them. */
function nodeSquares(width, height) {
  const squares = new Map();
  for (const i of shown.nodes) {
    const [x, y] = renderer.toScreen(X[i], Y[i]);
    if (x < -20 || y < -20 || x > width + 20 || y > height + 20) continue;
    const key = Math.floor(x / 32) * 4096 + Math.floor(y / 32);
    const spot = { i, x, y, r: renderer.radius(i) };
    if (squares.has(key)) squares.get(key).push(spot);
    else squares.set(key, [spot]);
  }
  return squares;
}

/** How much of what a box would cover: nodes, each the more the more edges it has. */
function covered(box, squares, ...own) {
  let sum = 0;
  for (let x = Math.floor(box.left / 32) - 1; x <= Math.floor(box.right / 32) + 1; x++) {
    for (let y = Math.floor(box.top / 32) - 1; y <= Math.floor(box.bottom / 32) + 1; y++) {
      for (const spot of squares.get(x * 4096 + y) || []) {
        if (own.includes(spot.i)) continue;
        const reach = spot.r * 0.8;
        if (box.left - reach < spot.x && spot.x < box.right + reach &&
            box.top - reach < spot.y && spot.y < box.bottom + reach) sum += 1 + degree(spot.i);
      }
    }
  }
  return sum;
}

/** Boxes in which a label could stand, relative to its node: below, above, beside, at a corner. */
function boxesFor(lines, bold, r) {
  const wide = Math.max(...lines.map((line) => widthOf(line, bold)));
  const high = lines.length * LINE;
  return [
    { align: "center", dx: 0, left: -wide / 2, top: r + 2 },
    { align: "center", dx: 0, left: -wide / 2, top: -r - 2 - high },
    { align: "left", dx: r + 4, left: r + 4, top: -high / 2 },
    { align: "right", dx: -r - 4, left: -r - 4 - wide, top: -high / 2 },
    { align: "left", dx: r + 3, left: r + 3, top: 1 },
    { align: "left", dx: r + 3, left: r + 3, top: -1 - high },
    { align: "right", dx: -r - 3, left: -r - 3 - wide, top: 1 },
    { align: "right", dx: -r - 3, left: -r - 3 - wide, top: -1 - high },
  ].map((box) => ({ ...box, right: box.left + wide, bottom: box.top + high }));
}

function least(some, cost) {
  let best = null;
  for (const each of some) {
    const found = cost(each);
    if (!best || found < best.found) best = { each, found };
  }
  return best && best.each;
}

const moved = (box, x, y) =>
  ({ left: box.left + x, right: box.right + x, top: box.top + y, bottom: box.bottom + y });

/** Names of the most important first; each where it covers no node and no other name. */
function chooseLabels() {
  const { width, height } = canvasSize();
  const squares = nodeSquares(width, height);
  const lit = hasFocus() ? highlighted() : null;
  const wanted = lit ? [...lit].sort((a, b) => isChosen(b) - isChosen(a) || degree(b) - degree(a))
    : labelOrder();
  const taken = [];
  const found = [];
  const canvas = { left: 0, top: 0, right: width, bottom: height };
  let tried = 0;
  const hubs = width < 600 ? HUBS / 3 : HUBS;
  for (const i of wanted) {
    if (found.length >= MOST_LABELS || !nodeShown[i]) continue;
    const [x, y] = renderer.toScreen(X[i], Y[i]);
    if (apart({ left: x, right: x, top: y, bottom: y }, canvas)) continue;
    tried += 1;
    if (tried > 6 * MOST_LABELS) break;
    const bold = isChosen(i) || (!lit && tried <= hubs);
    const lines = labelLines(i);
    const boxes = boxesFor(lines, bold, renderer.radius(i));
    const isInside = (box) => box.left > 0 && box.right < width && box.top > 0 && box.bottom < height;
    const isFree = (box) => isInside(moved(box, x, y)) &&
      taken.every((other) => apart(moved(box, x, y), other));
    const free = boxes.filter(isFree);
    const cost = (each) => covered(moved(each, x, y), squares, i);
    // Who must be named is so where that covers least.
    const box = free.find((each) => !cost(each)) ||
      (bold || lit ? least(free, cost) : null) || (isChosen(i) ? boxes[0] : null);
    if (!box) continue;
    taken.push(moved(box, x, y));
    found.push({ i, lines, bold, ...box });
  }
  placedLabels = [...found, ...edgeLabels(taken, squares)];
}

function labelOrder() {
  if (state.size !== "betweenness") return shown.nodes;
  return [...shown.nodes].sort((a, b) => nodes.betweenness[b] - nodes.betweenness[a] || a - b);
}

/** Names of lines, where they cover neither a node nor a name. */
function edgeLabels(taken, squares) {
  const litEdges = hasFocus() ? shown.edges.filter((k) => isLit(k)) : [];
  let some = litEdges.length <= MOST_LIT_EDGES ? litEdges : [];
  if (!hasFocus() && renderer.scale() >= CLOSE && shown.edges.length <= 3000) some = shown.edges;
  if (state.hovered && state.hovered.edge !== undefined) some = [state.hovered.edge, ...some];
  const found = [];
  const { width, height } = canvasSize();
  for (const k of some) {
    const name = relationName(k);
    const text = name.length > 40 ? `${name.slice(0, 39)}…` : name;
    const half = widthOf(text, false) / 2;
    for (const part of [0.5, 0.4, 0.6, 0.3, 0.7]) {
      const [x, y] = renderer.toScreen(...pointOn(k, part));
      const box = { left: x - half, right: x + half, top: y - 7, bottom: y + 7 };
      if (x < 0 || y < 0 || x > width || y > height) continue;
      if (!taken.every((other) => apart(box, other)) || covered(box, squares)) continue;
      taken.push(box);
      found.push({ k, part, lines: [text] });
      break;
    }
  }
  return found;
}

/** Draw the veil; while things move in a large network the names only move along. */
function drawLabels(still = true) {
  const { width, height } = canvasSize();
  const ratio = window.devicePixelRatio || 1;
  for (const canvas of [veil, ground]) {
    if (canvas.width === Math.round(width * ratio) && canvas.height === Math.round(height * ratio)) continue;
    canvas.width = Math.round(width * ratio);
    canvas.height = Math.round(height * ratio);
  }
  const at = renderer.toScreen(0, 0).map(Math.round).join() + renderer.scale().toFixed(4);
  if (still || shown.nodes.length <= ALWAYS_FRESH) {
    chooseLabels();
    placedFor = at;
  } else if (at !== placedFor) {
    window.clearTimeout(labelTimer);
    labelTimer = window.setTimeout(() => drawLabels(), 140);
  }
  for (const each of [pen, groundPen]) {
    each.setTransform(ratio, 0, 0, ratio, 0, 0);
    each.clearRect(0, 0, width, height);
  }
  const colour = palette();
  drawBackground(colour);
  if (state.hulls) for (const hull of hulls()) drawHull(hull);
  pen.textBaseline = "middle";
  pen.lineJoin = "round";
  pen.strokeStyle = colour("--paper");
  for (const label of placedLabels) drawLabel(label, colour);
  drawHovered(colour);
}

function drawLabel(label, colour) {
  const edge = label.k !== undefined;
  const [x, y] = edge ? renderer.toScreen(...pointOn(label.k, label.part))
    : renderer.toScreen(X[label.i], Y[label.i]);
  pen.font = `${label.bold ? "600 " : ""}${edge ? 11 : LABEL_SIZE}px ${FONT}`;
  pen.textAlign = edge ? "center" : label.align;
  pen.fillStyle = colour(edge ? (isLit(label.k) ? "--accent" : "--muted") : "--ink");
  pen.lineWidth = edge ? 5 : 3.5;
  label.lines.forEach((line, n) => {
    const down = edge ? y : y + label.top + LINE * (n + 0.5);
    pen.strokeText(line, x + (edge ? 0 : label.dx), down);
    pen.fillText(line, x + (edge ? 0 : label.dx), down);
  });
}

/** The name of what is under the pointer, in a box of its own over everything. */
function drawHovered(colour) {
  const i = state.hovered ? state.hovered.node : undefined;
  if (i === undefined || !nodeShown[i]) return;
  const lines = [...labelLines(i), typeName(typeOf(i))];
  const [x, y] = renderer.toScreen(X[i], Y[i]);
  const r = renderer.radius(i);
  const wide = Math.max(...lines.map((line) => widthOf(line, true))) + 12;
  pen.fillStyle = colour("--surface");
  pen.strokeStyle = colour("--line");
  pen.lineWidth = 1;
  pen.beginPath();
  pen.roundRect(x - wide / 2, y + r + 3, wide, lines.length * LINE + 8, 5);
  pen.fill();
  pen.stroke();
  pen.textAlign = "center";
  lines.forEach((line, n) => {
    const last = n === lines.length - 1;
    pen.font = `${last ? "" : "600 "}${LABEL_SIZE}px ${FONT}`;
    pen.fillStyle = colour(last ? "--muted" : "--ink");
    pen.fillText(line, x, y + r + 7 + LINE * (n + 0.5));
  });
}

/** The outline of each large community that is drawn: {group, points on the screen}. */
function hulls() {
  const groups = new Map();
  for (const i of shown.nodes) {
    const group = nodes.community[i];
    if (group < 0 || group >= data.colours.length) continue;
    if (!groups.has(group)) groups.set(group, []);
    groups.get(group).push(renderer.toScreen(X[i], Y[i]));
  }
  return [...groups].filter(([, points]) => points.length > 2)
    .map(([group, points]) => ({ group, points: convex(points) }));
}

/** The convex hull (A. M. Andrew, 1979). */
function convex(points) {
  const sorted = [...points].sort((a, b) => a[0] - b[0] || a[1] - b[1]);
  const turn = (o, a, b) => (a[0] - o[0]) * (b[1] - o[1]) - (a[1] - o[1]) * (b[0] - o[0]);
  const side = (some) => {
    const kept = [];
    for (const point of some) {
      while (kept.length > 1 && turn(kept[kept.length - 2], kept[kept.length - 1], point) <= 0) {
        kept.pop();
      }
      kept.push(point);
    }
    return kept.slice(0, -1);
  };
  return [...side(sorted), ...side(sorted.reverse())];
}

/** The lines behind the network, on the screen. */
const backgroundLines = () => (data.background || []).map((line) =>
  Array.from({ length: line.length / 2 }, (_, n) => renderer.toScreen(line[2 * n], line[2 * n + 1])));

function drawBackground(colour) {
  groundPen.strokeStyle = colour("--outline");
  groundPen.lineWidth = 1.2;
  groundPen.lineJoin = "round";
  groundPen.beginPath();
  for (const line of backgroundLines()) {
    line.forEach(([x, y], n) => (n ? groundPen.lineTo(x, y) : groundPen.moveTo(x, y)));
  }
  groundPen.stroke();
}

function drawHull({ group, points }) {
  const pen = groundPen;
  pen.beginPath();
  points.forEach(([x, y], n) => (n ? pen.lineTo(x, y) : pen.moveTo(x, y)));
  pen.closePath();
  pen.lineJoin = "round";
  pen.fillStyle = pen.strokeStyle = data.colours[group];
  pen.globalAlpha = 0.1;
  pen.lineWidth = 26;
  pen.stroke();
  pen.fill();
  pen.globalAlpha = 0.7;
  pen.lineWidth = 1.5;
  pen.stroke();
  pen.globalAlpha = 1;
}
