// ---- selection and address ----

function jumpTo(i) {
  const wasHidden = state.hiddenTypes.delete(nodes.type[i]) |
    (nodes.state ? state.hiddenStates.delete(nodes.state[i]) : 0);
  if (reveal(i) || wasHidden || !nodeShown[i]) {
    state.selected = { node: i };
    drawNetwork();
    drawFilters();
  }
  select({ node: i });
  if (state.view === "net") lookAt([i, ...highlighted()]);
}

function select(selected) {
  if (selected === null && state.selected === null) return;
  state.selected = selected;
  remember();
  drawPanel(true);
  repaint();
  drawLegend();
}

/** The address of what is selected: an actor, a relation between two, or a path. */
function addressOf(selected) {
  const name = (i) => encodeURIComponent(nodes.id[i]);
  const { node, edge, path } = selected || {};
  if (node !== undefined) return `#${name(node)}`;
  if (path) return `#${name(path[0])}..${name(path[1])}`;
  if (edge === undefined) return "";
  return `#${name(edges.from[edge])}/${encodeURIComponent(relationOf(edge).name)}/${name(edges.to[edge])}`;
}

/** One can send the address to somebody, and the back button leads to what was seen before. */
function remember() {
  const address = addressOf(state.selected);
  if (address === location.hash) return;
  try {
    history.pushState(null, "", address || location.pathname + location.search);
  } catch {
    // Where the browser forbids it (some do for files), the page works all the same.
  }
}

function selectionAt(hash) {
  let text = hash.slice(1);
  const decoded = (part) => {
    try {
      return decodeURIComponent(part);
    } catch {
      return "";
    }
  };
  const whole = nodeOf(decoded(text));
  if (whole !== undefined) return { node: whole };
  const ends = text.split("..").map((part) => nodeOf(decoded(part)));
  if (ends.length === 2 && !ends.includes(undefined)) return { path: ends };
  const [a, relation, b] = text.split("/").map(decoded);
  const [from, to] = [nodeOf(a), nodeOf(b || "")];
  if (from === undefined || to === undefined) return null;
  const edge = edgesOf(from).find((k) =>
    edges.from[k] === from && edges.to[k] === to && relationOf(k).name === relation);
  return edge === undefined ? null : { edge };
}

function followAddress() {
  if (location.hash === "" || location.hash === "#") {
    if (hasFocus()) select(null);
    return;
  }
  const wanted = selectionAt(location.hash);
  if (!wanted) return;
  if (wanted.node !== undefined) jumpTo(wanted.node);
  else if (wanted.path) showPath(...wanted.path);
  else {
    const ends = [edges.from[wanted.edge], edges.to[wanted.edge]];
    for (const i of ends) if (!chosen[i]) state.added.add(i);
    if (!ends.every((i) => nodeShown[i])) drawNetwork();
    select(wanted);
    lookAt(ends);
  }
}

// ---- language ----

function drawWords() {
  document.documentElement.lang = state.language;
  for (const element of document.querySelectorAll("[data-text]")) {
    element.textContent = word(element.dataset.text);
  }
  for (const element of document.querySelectorAll("[data-label]")) {
    element.setAttribute("aria-label", word(element.dataset.label));
    if (element.tagName === "BUTTON") element.title = word(element.dataset.label);
  }
  byId("search").placeholder = word("searchHint");
  byId("size").textContent = word("size")(NODES, EDGES, data.distinct);
  const surface = byId("canvas").querySelector("[tabindex]") || byId("canvas");
  surface.setAttribute("role", "application");
  surface.setAttribute("aria-label", word("canvas"));
  const [short, long, lang] = state.language === "de" ? ["EN", "English", "en"] : ["DE", "Deutsch", "de"];
  byId("language").textContent = short;
  byId("language").setAttribute("aria-label", `${short} – ${long}`);
  byId("language").lang = lang;
}

function drawAll() {
  drawWords();
  drawLegend();
  drawFilters();
  drawTime();
  drawHiddenNote();
  drawPanel();
  repaint();
  if (state.view !== "net") drawTable();
}

// ---- start ----

function listenToPage() {
  const on = (id, name, action) => byId(id).addEventListener(name, action);
  on("zoom-in", "click", () => renderer.zoom(1.3));
  on("zoom-out", "click", () => renderer.zoom(1 / 1.3));
  on("fit", "click", fit);
  on("close", "click", () => select(null));
  on("to-net", "click", () => showView("net"));
  on("to-nodes", "click", () => showView(state.view === "nodes" ? "net" : "nodes"));
  on("to-table", "click", () => showView(state.view === "statements" ? "net" : "statements"));
  on("to-filters", "click", () => showFilters(byId("filters").hidden));
  on("to-about", "click", () => select(state.selected && state.selected.about ? null : { about: true }));
  on("filter", "input", () => {
    rowsShown = PAGE;
    drawTable();
  });
  on("more", "click", () => {
    rowsShown += PAGE;
    drawTable();
  });
  on("language", "click", () => {
    state.language = state.language === "de" ? "en" : "de";
    drawAll();
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && state.selected) select(null);
  });
  window.addEventListener("popstate", followAddress);
  window.matchMedia("(prefers-color-scheme: dark)").addEventListener("change", drawAll);
  new ResizeObserver(() => renderer.redraw()).observe(byId("canvas"));
}

applyFilters();
renderer = startRenderer();
renderer.set();
listenToPage();
listenToSearch();
startTime();
drawAll();
fit();
drawLabels();
followAddress();
document.documentElement.dataset.drawn = "yes";
