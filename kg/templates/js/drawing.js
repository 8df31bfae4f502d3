// ---- the drawing: how things look, in whichever renderer ----

// The picture is wider than high; where the screen is higher than wide, it is turned.
const isTurned = !data.background && byId("canvas").clientHeight > 1.15 * byId("canvas").clientWidth;
const X = Float64Array.from(isTurned ? nodes.y : nodes.x);
const Y = Float64Array.from(isTurned ? nodes.x : nodes.y);
const EXTENT = { x: reach(X, 400), y: reach(Y, 250) };
const GREY = "#8A9099";
const MANY = 800; // drawn lines, beyond which they are paler
const mostBetween = nodes.betweenness.reduce((most, each) => Math.max(most, each), 1e-9);
const heaviest = edges.weight ? edges.weight.reduce((most, each) => Math.max(most, each), 1e-9) : 1;
let colours = palette();
let lit = null;
let bends = null;

function span(values) {
  let low = Infinity, high = -Infinity;
  for (const value of values) {
    low = Math.min(low, value);
    high = Math.max(high, value);
  }
  return values.length ? [low, high] : [0, 0];
}

function reach(values, least) {
  const [low, high] = span(values);
  return [Math.min(-least, low), Math.max(least, high)];
}

const canvasSize = () => {
  const { clientWidth, clientHeight } = byId("canvas");
  return { width: clientWidth, height: clientHeight };
};

function nodeRadius(i) {
  if (state.size === "same") return 12;
  if (state.size === "relationCount") return nodes.radius[i];
  return 9 + 19 * Math.sqrt(nodes.betweenness[i] / mostBetween);
}

function nodeColour(i) {
  if (state.colour === "type") return typeOf(i).colour;
  const group = nodes.community[i];
  return group >= 0 && group < data.colours.length ? data.colours[group] : GREY;
}

function nodeLook(i) {
  const isLitNode = lit === null || lit.has(i);
  const strong = isChosen(i);
  const fade = isLitNode ? 0 : 0.82;
  return {
    fill: fade ? mixed(nodeColour(i), colours("--paper"), fade) : nodeColour(i),
    border: strong ? colours("--accent")
      : fade ? mixed(colours("--node-border"), colours("--paper"), fade) : colours("--node-border"),
    radius: nodeRadius(i),
    shape: typeOf(i).shape,
    lit: isLitNode,
    strong,
  };
}

function edgeLook(k) {
  const strong = lit !== null && isLit(k);
  const dim = lit !== null && !strong;
  return {
    colour: strong ? colours("--accent")
      : mixed(colours("--edge"), colours("--paper"), dim ? 0.75 : shown.edges.length > MANY ? 0.45 : 0),
    width: (strong ? 2.2 : 1.3) * (edges.weight ? 0.6 + 1.4 * Math.sqrt(edges.weight[k] / heaviest) : 1),
    dashed: edgeState[k] === 1,
    lit: strong,
  };
}

/** Edges between the same two nodes are curved so that each is seen; a single one is straight. */
function bendOf(k) {
  if (!bends) {
    const between = new Map();
    for (let each = 0; each < EDGES; each++) {
      const key = [edges.from[each], edges.to[each]].sort((a, b) => a - b).join();
      between.set(key, [...(between.get(key) || []), each]);
    }
    bends = new Map();
    for (const parallel of between.values()) {
      const middle = (parallel.length - 1) / 2;
      const step = middle ? Math.min(0.25, 0.9 / middle) : 0;
      parallel.forEach((each, n) => bends.set(each, {
        roundness: Math.abs(n - middle) * step,
        // "Clockwise" is seen from the start of an edge, so it turns round with the direction.
        clockwise: (n > middle) === (edges.from[each] <= edges.to[each]),
        loop: n,
      }));
    }
  }
  return bends.get(k);
}

/** The point at this part of the way along an edge as it is drawn. */
function pointOn(k, part) {
  const [a, b] = [edges.from[k], edges.to[k]];
  const { roundness, clockwise } = renderer.name === "sigma.js" ? { roundness: 0 } : bendOf(k);
  if (!roundness) return [X[a] + (X[b] - X[a]) * part, Y[a] + (Y[b] - Y[a]) * part];
  // As vis-network bends it: one control point, turned away from the start.
  const reach = roundness * 0.5 + 0.5;
  const angle = Math.atan2(Y[a] - Y[b], X[b] - X[a]) +
    (clockwise ? reach : 1 - reach) * Math.PI;
  const length = Math.hypot(X[b] - X[a], Y[b] - Y[a]) * reach;
  const [cx, cy] = [X[a] + length * Math.sin(angle), Y[a] + length * Math.cos(angle)];
  const along = (from, via, to) =>
    from * (1 - part) ** 2 + 2 * via * part * (1 - part) + to * part ** 2;
  return [along(X[a], cx, X[b]), along(Y[a], cy, Y[b])];
}

// ---- the view ----

/** The view in which these nodes fill the canvas, but are not blown up. */
function viewOf(some) {
  const { width, height } = canvasSize();
  const margin = { x: width < 600 ? 24 : 70, y: 30 }; // room for names at the rim
  const [left, right] = span(some.map((i) => X[i]));
  const [top, low] = span(some.map((i) => Y[i]));
  const scale = Math.min((width - 2 * margin.x) / Math.max(right - left, 1),
    (height - 2 * margin.y) / Math.max(low - top, 1), 1.2);
  return { x: (left + right) / 2, y: (top + low) / 2, scale: Math.max(scale, 0.001) };
}

function fit() {
  if (!shown.nodes.length) return;
  const { x, y, scale } = viewOf(shown.nodes);
  renderer.moveTo(x, y, scale);
}

/** Bring nodes into view: the first in the middle, with nearly all of the others. */
function lookAt(some) {
  const drawn = some.filter((i) => nodeShown[i]);
  if (drawn.length < 4 || state.selected.path) {
    const { x, y, scale } = viewOf(drawn);
    renderer.moveTo(x, y, scale);
    return;
  }
  const [middle] = some;
  const far = (i) => Math.hypot(X[i] - X[middle], Y[i] - Y[middle]);
  const near = [...drawn].sort((a, b) => far(a) - far(b)).slice(0, Math.ceil(drawn.length * 0.9));
  const { x, y, scale } = viewOf(near);
  renderer.moveTo(x, y, scale);
}

/** After filters or what is drawn changed. */
function drawNetwork() {
  applyFilters();
  repaint(true);
  drawHiddenNote();
}

/** After something else changed that the drawing shows. */
function repaint(anew = false) {
  colours = palette();
  lit = hasFocus() ? highlighted() : null;
  if (anew) renderer.set();
  else renderer.paint();
  drawLabels();
}

function drawHiddenNote() {
  const some = state.most < NODES;
  byId("hidden-note").hidden = !some;
  if (!some) return;
  byId("hidden-note").replaceChildren(
    make("span", { text: word("hiddenSome")(decimals(shown.nodes.length), decimals(NODES)) }), " ",
    make("button", { type: "button", class: "link", id: "draw-all", text: word("drawAll"),
      onclick: () => drawMost(NODES) }));
}

function drawMost(most) {
  state.most = most;
  state.added.clear();
  chosen = backbone(most);
  drawNetwork();
  drawFilters();
  fit();
}

/** A drawing that cannot be drawn: everything else of the page works without it. */
function noRenderer() {
  const nothing = () => {};
  byId("canvas").replaceChildren(make("p", { class: "notice", text: word("noWebgl") }));
  return {
    name: "–", set: nothing, paint: nothing, redraw: nothing, resize: nothing, zoom: nothing,
    moveTo: nothing, scale: () => 1, radius: () => 0, toScreen: () => [-1000, -1000],
    centre: () => ({ x: 0, y: 0 }),
  };
}

function startRenderer() {
  const on = {
    click: (found) => select(found),
    hover(found) {
      state.hovered = found;
      if (renderer) drawLabels();
    },
    frame: (still) => renderer && drawLabels(still),
  };
  try {
    return data.renderer === "vis" ? visRenderer(byId("canvas"), on) : sigmaRenderer(byId("canvas"), on);
  } catch (error) {
    if (data.renderer === "vis" || window.WebGL2RenderingContext && hasWebgl()) throw error;
    return noRenderer();
  }
}

const hasWebgl = () => Boolean(document.createElement("canvas").getContext("webgl2"));
let renderer = null;
