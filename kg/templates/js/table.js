// ---- tables of actors and of statements: what the filters leave, drawn or not ----

const COLUMNS = {
  nodes: ["name", "type", "placeOf", "relationCount", "degree", "betweenness", "community"],
  statements: ["subject", "relation", "object", "since", "until", "observed", "certainty", "source", "quote"],
};
const PAGE = 300; // rows at a time
let rowsShown = PAGE;
let sortedBy = { nodes: ["relationCount", -1], statements: [null, 1] };

function showView(view) {
  if (state.view === view) return;
  state.view = view;
  byId("table").hidden = view === "net";
  byId("drawing").hidden = view !== "net";
  for (const [id, name] of [["to-net", "net"], ["to-nodes", "nodes"], ["to-table", "statements"]]) {
    byId(id).setAttribute("aria-pressed", String(view === name));
  }
  rowsShown = PAGE;
  if (view === "net") renderer.resize();
  else drawTable();
  drawPanel();
}

function rows() {
  if (state.view === "nodes") return nodeRows();
  const found = [];
  const once = onlyOnce();
  for (let k = 0; k < EDGES; k++) {
    if (!edgePasses(k)) continue;
    for (let s = saidFrom[k]; s < saidFrom[k + 1]; s++) {
      if (saidState(s) && once(s)) found.push(statementRow(k, s));
    }
  }
  return found;
}

/** Whether a statement comes for the first time: in a projection it may stand behind many edges. */
function onlyOnce() {
  const seen = new Set();
  return (s) => {
    const { id } = later().statements[s];
    if (!data.said.leg || id === undefined) return true;
    return !seen.has(id) && Boolean(seen.add(id));
  };
}

function nodeRows() {
  const filtered = edgesFiltered();
  const found = [];
  for (let i = 0; i < NODES; i++) {
    if (!nodePasses(i) || (filtered && !edgesOf(i).some((k) => edgePasses(k)))) continue;
    const group = nodes.community[i];
    found.push({
      i,
      texts: [namesOf(i).join(" · "), typeName(typeOf(i)),
        nodes.place && nodes.place[i] >= 0 ? data.texts[nodes.place[i]] : "",
        degree(i), nodes.degree[i], nodes.betweenness[i], group < 0 ? "" : group + 1],
    });
  }
  return found;
}

function statementRow(k, s) {
  const statement = statementOf(s);
  const quoted = quotes(statement).join(" … ");
  const date = (key) => statement[key] || "";
  const { says } = statement;
  const triple = says ? [says.subject, says[state.language], says.object]
    : [labelOf(edges.from[k]), relationName(k), labelOf(edges.to[k])];
  return {
    k, s, statement,
    texts: [...triple, date("since"), date("until"),
      date("observed"), word(statement.certainty), statement.source_title || "", quoted || word("noQuote")],
  };
}

function sortedRows(some) {
  const [column, sign] = sortedBy[state.view];
  const at = COLUMNS[state.view].indexOf(column);
  if (at < 0) return some;
  const compare = new Intl.Collator(locale(), { numeric: true }).compare;
  const order = (a, b) => (typeof a === "number" && typeof b === "number" ? a - b : compare(String(a), String(b)));
  return [...some].sort((a, b) => sign * order(a.texts[at], b.texts[at]));
}

function drawTable() {
  const columns = COLUMNS[state.view];
  const [by, sign] = sortedBy[state.view];
  const focused = document.activeElement && document.activeElement.dataset.column;
  byId("columns").replaceChildren(...columns.map((key) => {
    const properties = { scope: "col" };
    if (key === by) properties["aria-sort"] = sign > 0 ? "ascending" : "descending";
    const mark = key === by ? (sign > 0 ? " ▲" : " ▼") : "";
    const button = make("button", { type: "button", class: "sort", "data-column": key,
      onclick: () => sortBy(key) }, word(key), make("span", { "aria-hidden": "true", text: mark }));
    return make("th", properties, button);
  }));
  if (focused) {
    const again = [...byId("columns").querySelectorAll("button")].find((b) => b.dataset.column === focused);
    if (again) again.focus();
  }
  const wanted = folded(byId("filter").value.trim());
  const all = rows();
  const some = wanted
    ? all.filter(({ texts }) => folded(texts.join(" ")).includes(wanted)) : all;
  const sorted = sortedRows(some);
  byId("rows").replaceChildren(...sorted.slice(0, rowsShown).map(tableRow));
  byId("more").hidden = sorted.length <= rowsShown;
  byId("more").textContent = word("more")(decimals(Math.min(PAGE, sorted.length - rowsShown)));
  byId("shown").textContent = word(state.view === "nodes" ? "shownRows" : "shown")(some.length, all.length);
}

function sortBy(column) {
  const [by, sign] = sortedBy[state.view];
  sortedBy = { ...sortedBy, [state.view]: [column, column === by ? -sign : 1] };
  drawTable();
}

function tableRow(row) {
  if (row.i !== undefined) {
    const { i, texts } = row;
    const also = namesOf(i).slice(1);
    return make("tr", {},
      make("td", { class: "name" }, nodeButton(i), also.length ? make("small", {}, foreign(also.join(" · "))) : ""),
      make("td", {}, foreign(texts[1])),
      make("td", {}, foreign(texts[2])),
      ...texts.slice(3).map((value) =>
        make("td", { class: "number", text: value === "" ? "" : decimals(value, 4) })));
  }
  const { k, statement, texts } = row;
  const { says } = statement;
  const relation = make("button", { type: "button", class: "link", onclick: () => select({ edge: k }) },
    foreign(texts[1]));
  const date = (text) => make("td", { class: "date", text: text ? dateText(String(text), "short") : "" });
  const contradicted = later().conflictsOf.has(statement.id);
  return make("tr", {},
    make("td", { class: "name" }, says ? foreign(texts[0]) : nodeButton(edges.from[k])),
    make("td", { class: "what" }, relation, contradicted ? make("span", { class: "mark", title: word("conflict"), text: " ⚠" }) : ""),
    make("td", { class: "name" }, says ? foreign(texts[2]) : nodeButton(edges.to[k])),
    ...texts.slice(3, 6).map(date),
    make("td", { text: texts[6] }),
    make("td", { class: "wide" }, statement.url ? link(statement.url, texts[7]) : foreign(texts[7])),
    quotes(statement).length
      ? make("td", { class: "wide" }, foreign(texts[8]))
      : make("td", { class: "wide missing", text: texts[8] }));
}
