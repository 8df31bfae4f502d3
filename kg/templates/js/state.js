// ---- state: an action changes it, and then what shows it is drawn again ----

const state = {
  language: "de",
  view: "net", // or the tables "nodes", "statements"
  selected: null, // {node}, {edge}, {path: [from, to]} or {about: true}
  hovered: null, // {node} or {edge}
  hiddenTypes: new Set(),
  hiddenRelations: new Set(),
  hiddenStates: new Set(),
  source: -1,
  certainty: "any", // "stated", "contradicted"
  year: null,
  onlyCertain: false,
  size: "relationCount", // "betweenness", "same"
  colour: "type", // "community"
  hulls: false,
  most: Math.min(NODES, data.first),
  added: new Set(), // nodes that are drawn beyond those, because somebody looked at them
  busy: false,
};

/** For each edge: 0 not there, 1 dashed (possible or only implied), 2 solid. */
const edgeState = new Uint8Array(EDGES);
const nodeShown = new Uint8Array(NODES);
const shown = { nodes: [], edges: [] };

function saidState(s) {
  const marks = data.said.marks[s];
  if (state.source >= 0 && data.said.source[s] !== state.source) return 0;
  if (state.certainty === "stated" && marks & IMPLIED) return 0;
  if (state.certainty === "contradicted" && !(marks & CONTRADICTED)) return 0;
  let found = marks & (IMPLIED | POSSIBLE) ? 1 : 2;
  if (state.year !== null && boundsOf(s).length) {
    const then = judge(s, state.year * 10000 + 101, state.year * 10000 + 1231);
    if (!then || (state.onlyCertain && then < 2)) return 0;
    found = Math.min(found, then);
  }
  return found;
}

function bestOf(k) {
  let best = 0;
  for (let s = saidFrom[k]; s < saidFrom[k + 1] && best < 2; s++) best = Math.max(best, saidState(s));
  return best;
}

/** Of a projection: two are tied by a thing when a statement about each of them holds for it. */
function tieState(k) {
  const sides = new Map();
  for (let s = saidFrom[k]; s < saidFrom[k + 1]; s++) {
    const leg = data.said.leg[s];
    const best = sides.get(leg >> 1) || [0, 0];
    best[leg & 1] = Math.max(best[leg & 1], saidState(s));
    sides.set(leg >> 1, best);
  }
  return Math.max(...[...sides.values()].map(([one, other]) => Math.min(one, other)));
}

const nodePasses = (i) => !state.hiddenTypes.has(nodes.type[i]) &&
  !(nodes.state && state.hiddenStates.has(nodes.state[i]));
const edgesFiltered = () => state.hiddenRelations.size > 0 || state.source >= 0 ||
  state.certainty !== "any" || state.year !== null;

/** Whether an edge passes the filters, drawn or not. */
const edgePasses = (k) => edgeState[k] > 0 && nodePasses(edges.from[k]) && nodePasses(edges.to[k]);

/** The most important nodes of each community, as many as its share of the network. */
function backbone(most) {
  const chosen = new Uint8Array(NODES);
  if (most >= NODES) return chosen.fill(1);
  const size = new Map();
  for (const group of nodes.community) size.set(group, (size.get(group) || 0) + 1);
  const left = new Map([...size].map(([group, n]) => [group, Math.ceil((most * n) / NODES)]));
  let count = 0;
  for (const i of byDegree) {
    const group = nodes.community[i];
    if (count >= most || !left.get(group)) continue;
    left.set(group, left.get(group) - 1);
    chosen[i] = 1;
    count += 1;
  }
  return chosen;
}

let chosen = backbone(state.most);

/** What the filters leave, in the columns above. */
function applyFilters() {
  const filtered = edgesFiltered();
  for (let k = 0; k < EDGES; k++) {
    edgeState[k] = state.hiddenRelations.has(edges.relation[k]) ? 0
      : data.said.leg ? tieState(k) : bestOf(k);
  }
  nodeShown.fill(0);
  for (let i = 0; i < NODES; i++) {
    if ((chosen[i] || state.added.has(i)) && nodePasses(i)) nodeShown[i] = filtered ? 2 : 1;
  }
  shown.edges = [];
  for (let k = 0; k < EDGES; k++) {
    const a = edges.from[k], b = edges.to[k];
    if (!edgeState[k] || !nodeShown[a] || !nodeShown[b]) continue;
    shown.edges.push(k);
    nodeShown[a] = nodeShown[b] = 1;
  }
  for (let i = 0; i < NODES; i++) {
    if (nodeShown[i] === 2 && !isChosen(i)) nodeShown[i] = 0; // no edge is left to it
  }
  shown.nodes = byDegree.filter((i) => nodeShown[i]);
}

/** Draw these too, with their neighbours where they are not too many. */
function reveal(i) {
  const before = state.added.size;
  if (!chosen[i]) state.added.add(i);
  if (state.most < NODES) {
    for (const k of edgesOf(i).slice(0, 200)) {
      const other = otherEnd(k, i);
      if (!chosen[other]) state.added.add(other);
    }
  }
  return state.added.size !== before;
}

/** Nodes that stand out while something is selected; null: all alike. */
function highlighted() {
  const { node, edge, path } = state.selected || {};
  if (node !== undefined) {
    return new Set([node, ...edgesOf(node).filter((k) => edgePasses(k)).map((k) => otherEnd(k, node))]);
  }
  if (edge !== undefined) return new Set([edges.from[edge], edges.to[edge]]);
  if (path) return new Set([...path, ...pathEdges().flatMap((k) => [edges.from[k], edges.to[k]])]);
  return null;
}

function isLit(k) {
  const { node, edge, path } = state.selected || {};
  if (node !== undefined) return edges.from[k] === node || edges.to[k] === node;
  if (edge !== undefined) return edge === k;
  return path ? pathEdges().includes(k) : false;
}

const hasFocus = () => Boolean(state.selected) && !state.selected.about;

function isChosen(i) {
  const { node, edge, path } = state.selected || {};
  if (node !== undefined) return node === i;
  if (edge !== undefined) return edges.from[edge] === i || edges.to[edge] === i;
  return path ? path.includes(i) : false;
}
