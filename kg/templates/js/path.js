// ---- the shortest way between two actors, along what the filters leave ----

let pathCache = { key: "", edges: [] };

function pathEdges() {
  const { path } = state.selected;
  const key = path.join() + filterWords().join();
  if (pathCache.key !== key) pathCache = { key, edges: shortestPath(...path) };
  return pathCache.edges;
}

/** The edges of a shortest path, from both sides on equal terms: direction does not matter. */
function shortestPath(from, to) {
  const cameBy = new Int32Array(NODES).fill(-1);
  const seen = new Uint8Array(NODES);
  let front = [from];
  seen[from] = 1;
  while (front.length && !seen[to]) {
    const next = [];
    for (const i of front) {
      for (let n = linksFrom[i]; n < linksFrom[i + 1]; n++) {
        const k = links[n];
        const other = otherEnd(k, i);
        if (seen[other] || !edgePasses(k)) continue;
        seen[other] = 1;
        cameBy[other] = k;
        next.push(other);
      }
    }
    front = next;
  }
  const found = [];
  for (let i = to; seen[to] && i !== from; i = otherEnd(cameBy[i], i)) found.unshift(cameBy[i]);
  return found;
}

function pathContent([from, to]) {
  const steps = pathEdges();
  return [
    make("p", { class: "kind", text: word("path") }),
    make("h2", { tabindex: "-1" }, nodeButton(from), make("span", { class: "relation", text: "…" }),
      nodeButton(to)),
    make("p", { text: steps.length || from === to ? word("pathHead")(steps.length) : word("noPath") }),
    make("ol", { class: "steps" }, ...steps.map((k) =>
      make("li", {}, make("div", {}, ...edgeHead(k)), evidenceButton(k)))),
  ];
}

function pathForm() {
  const field = (key) => {
    const input = make("input", { id: `path-${key}`, type: "text", autocomplete: "off", list: `path-${key}-names` });
    const names = make("datalist", { id: `path-${key}-names` });
    input.addEventListener("input", () =>
      names.replaceChildren(...find(input.value).map(({ name }) => make("option", { value: name }))));
    if (state.selected && state.selected.node !== undefined && key === "from") {
      input.value = labelOf(state.selected.node);
    }
    return [make("label", { for: input.id, text: word(key) }), input, names];
  };
  const told = make("p", { role: "status", id: "path-told" });
  const submit = (event) => {
    event.preventDefault();
    const found = ["from", "to"].map((key) => {
      const text = byId(`path-${key}`).value;
      const [hit] = find(text);
      if (!hit) told.textContent = word("noSuch")(text);
      return hit && hit.i;
    });
    if (found.every((i) => i !== undefined)) showPath(...found);
  };
  return make("form", { class: "field path", onsubmit: submit },
    make("h3", { text: word("path") }), ...field("from"), ...field("to"),
    make("button", { type: "submit", id: "show-path", text: word("showPath") }), told);
}

function showPath(from, to) {
  for (const k of shortestPath(from, to)) {
    for (const i of [edges.from[k], edges.to[k]]) if (!chosen[i]) state.added.add(i);
  }
  for (const i of [from, to]) if (!chosen[i]) state.added.add(i);
  drawNetwork();
  select({ path: [from, to] });
  if (state.view === "net") lookAt([...highlighted()]);
}
