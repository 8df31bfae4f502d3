// ---- data: columns by number of node, edge and statement (see kg/pagedata.py) ----

const data = JSON.parse(document.getElementById("data").textContent);
const nodes = data.nodes;
const edges = data.edges;
const NODES = nodes.id.length;
const EDGES = edges.from.length;
const IMPLIED = 1, CITED = 2, CONTRADICTED = 4, POSSIBLE = 8;

/** Where the statements of each edge begin; one more at the end. */
const saidFrom = new Uint32Array(EDGES + 1);
for (let k = 0; k < EDGES; k++) saidFrom[k + 1] = saidFrom[k] + (edges.count ? edges.count[k] : 1);

/** The edges of each node, one node after the other, and where each node's begin. */
const linksFrom = new Uint32Array(NODES + 1);
for (let k = 0; k < EDGES; k++) {
  linksFrom[edges.from[k] + 1] += 1;
  if (edges.to[k] !== edges.from[k]) linksFrom[edges.to[k] + 1] += 1;
}
for (let i = 0; i < NODES; i++) linksFrom[i + 1] += linksFrom[i];
const links = new Uint32Array(linksFrom[NODES]);
{
  const next = linksFrom.slice();
  for (let k = 0; k < EDGES; k++) {
    links[next[edges.from[k]]++] = k;
    if (edges.to[k] !== edges.from[k]) links[next[edges.to[k]]++] = k;
  }
}

const degree = (i) => linksFrom[i + 1] - linksFrom[i];
const edgesOf = (i) => [...links.subarray(linksFrom[i], linksFrom[i + 1])];
const otherEnd = (k, i) => (edges.from[k] === i ? edges.to[k] : edges.from[k]);
const labelOf = (i) => nodes.label[i];
const typeOf = (i) => data.types[nodes.type[i]];
const relationOf = (k) => data.relations[edges.relation[k]];
const typeName = (type) => type[state.language];
const relationName = (k) => relationOf(k)[state.language];
const iriOf = (i) => (i in nodes.iri ? nodes.iri[i] : data.base + nodes.id[i]);
const namesOf = (i) => [labelOf(i), ...(nodes.names[i] || [])];
const saidOf = (k) => Array.from({ length: saidFrom[k + 1] - saidFrom[k] }, (_, n) => saidFrom[k] + n);
const hasTimes = data.bounds.some((bounds) => bounds.some((day) => day));

/** Nodes by importance: those with the most edges first, then those that many paths lead through. */
const byDegree = Array.from({ length: NODES }, (_, i) => i).sort((a, b) =>
  degree(b) - degree(a) || nodes.betweenness[b] - nodes.betweenness[a] || a - b);

let numbers = null;
/** The number of the node with this id, or undefined. */
function nodeOf(id) {
  numbers = numbers || new Map(nodes.id.map((each, i) => [each, i]));
  return numbers.get(id);
}

let read = null;
/** Quotes, notes, addresses and contradictions: read when somebody first asks for them. */
function later() {
  if (read) return read;
  read = JSON.parse(document.getElementById("later").textContent);
  const about = new Map();
  for (const conflict of read.conflicts) {
    for (const side of conflict.sides) {
      for (const id of side.statements) about.set(id, [...(about.get(id) || []), conflict]);
    }
  }
  read.conflictsOf = about;
  return read;
}

/** A statement with its source, as the panel and the table show it. */
function statementOf(s) {
  const { statements, sources } = later();
  const source = data.said.source[s];
  const marks = data.said.marks[s];
  return {
    certainty: marks & IMPLIED ? "implied" : "stated",
    support: marks & CITED ? "cited" : "quoted",
    evidence: [],
    ...sources[source],
    ...statements[s],
    source_title: data.sources[source],
  };
}

const boundsOf = (s) => data.bounds[data.said.bounds[s]];
/** Certain (2), possible (1) or excluded (0) on some day between two, like 20190101. */
function judge(s, first, last) {
  const [earliestStart, latestStart, earliestEnd, latestEnd] = boundsOf(s);
  if (earliestStart && earliestStart > last) return 0;
  if (latestEnd && latestEnd < first) return 0;
  const begun = latestStart && latestStart <= last;
  return begun && earliestEnd && earliestEnd >= first ? 2 : 1;
}
