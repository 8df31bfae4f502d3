// ---- panel ----

function drawPanel(opened = false) {
  const panel = byId("panel");
  const wasHidden = panel.hidden;
  panel.hidden = state.selected === null;
  if (!panel.hidden) {
    byId("details").replaceChildren(...panelContent(state.selected));
    if (opened) {
      panel.scrollTop = 0;
      const heading = panel.querySelector("h2");
      if (heading) heading.focus({ preventScroll: true });
    }
  }
  if (wasHidden !== panel.hidden) renderer.resize();
}

function panelContent({ node, edge, path }) {
  if (node !== undefined) return nodeContent(node);
  if (edge !== undefined) return edgeContent(edge);
  return path ? pathContent(path) : aboutContent();
}

function nodeContent(i) {
  const others = namesOf(i).slice(1);
  const mine = edgesOf(i).filter((k) => edgeState[k] > 0);
  const outgoing = mine.filter((k) => !relationOf(k).symmetric && edges.from[k] === i);
  const incoming = mine.filter((k) => !relationOf(k).symmetric && edges.from[k] !== i);
  const both = mine.filter((k) => relationOf(k).symmetric);
  return [
    make("p", { class: "kind" }, symbol(typeOf(i)), make("span", { text: typeName(typeOf(i)) })),
    make("h2", { tabindex: "-1" }, foreign(labelOf(i))),
    others.length ? alsoLine(others) : "",
    ...whereabouts(i),
    make("p", { class: "iri" }, foreign(iriOf(i))),
    state.view === "net" ? "" : showButton(i),
    ...timeline(i, mine),
    ...neighbourSection("outgoing", outgoing, i),
    ...neighbourSection("incoming", incoming, i),
    ...neighbourSection("both", both, i),
    mine.length ? "" : make("p", { text: word("noRelations") }),
    ...measures(i),
  ];
}

function alsoLine(names) {
  const parts = names.flatMap((name, n) => [n ? ", " : "", foreign(name)]);
  return make("p", { class: "also" }, word("also"), ...parts);
}

function whereabouts(i) {
  const found = ["place", "state"].filter((key) => nodes[key] && nodes[key][i] >= 0)
    .map((key) => data.texts[nodes[key][i]]);
  const names = [...new Set(found)];
  return names.length
    ? [make("p", { class: "where" }, `${word("placeOf")}: `, foreign(names.join(", ")))] : [];
}

function showButton(i) {
  const show = () => {
    showView("net");
    jumpTo(i);
  };
  return make("button", { type: "button", text: word("showInNetwork"), onclick: show });
}

function measures(i) {
  const group = nodes.community[i];
  const top = group < 0 ? undefined : byDegree.find((each) => nodes.community[each] === group);
  const rows = [
    ["relationCount", decimals(degree(i), 0)],
    ["degree", decimals(nodes.degree[i], 0)],
    ["betweenness", (nodes.pivots ? "≈ " : "") + decimals(nodes.betweenness[i], 4)],
    ...(top === undefined ? [] : [["community", word("around")(labelOf(top))]]),
  ];
  return [
    make("h3", { text: word("measures") }),
    make("dl", {}, ...rows.flatMap(([key, value]) =>
      [make("dt", { text: word(key) }), make("dd", {}, foreign(value))])),
    make("p", { class: "hint", text: `${word("explain_betweenness")} ${word("explain_community")}` }),
  ];
}

function neighbourSection(heading, some, i) {
  const groups = new Map();
  for (const k of some) {
    const name = relationName(k);
    groups.set(name, [...(groups.get(name) || []), k]);
  }
  const arrow = { outgoing: "→ ", incoming: "← ", both: "↔ " }[heading];
  const lists = [...groups].flatMap(([name, group]) => [
    make("h4", {}, make("span", { "aria-hidden": "true", text: arrow }), foreign(name)),
    make("ul", {}, ...group.map((k) =>
      make("li", {}, nodeButton(otherEnd(k, i)), evidenceButton(k)))),
  ]);
  return lists.length ? [make("h3", { text: word(heading) }), ...lists] : [];
}

function evidenceButton(k) {
  const contradicted = saidOf(k).some((s) => data.said.marks[s] & CONTRADICTED);
  const text = word("count")(saidOf(k).length) + (contradicted ? " ⚠" : "");
  const properties = { type: "button", class: "evidence", text, onclick: () => select({ edge: k }) };
  if (contradicted) properties.title = word("conflict");
  return make("button", properties);
}

function edgeHead(k) {
  return [
    nodeButton(edges.from[k]),
    make("span", { class: "relation" }, relationOf(k).symmetric ? "↔ " : "→ ", foreign(relationName(k))),
    nodeButton(edges.to[k]),
  ];
}

function edgeContent(k) {
  const [a, b] = [edges.from[k], edges.to[k]];
  const more = edgesOf(a).filter((each) => each !== k && otherEnd(each, a) === b);
  return [
    make("p", { class: "kind", text: word("count")(saidOf(k).length) +
      (edges.weight ? ` · ${word("weight")} ${decimals(edges.weight[k])}` : "") }),
    make("h2", { tabindex: "-1" }, ...edgeHead(k)),
    ...saidOf(k).map(statementArticle),
    ...(more.length ? [make("h3", { text: word("alsoBetween") }),
      make("ul", {}, ...more.map((each) => make("li", {},
        make("span", {}, edges.from[each] === a ? "→ " : "← ", foreign(relationName(each))),
        evidenceButton(each))))] : []),
  ];
}

// ---- what holds when, as bars: dark where certain, light where possible ----

function timeline(i, mine) {
  const dated = mine.map((k) => {
    const distinct = new Map(saidOf(k).map((s) => [data.said.bounds[s], boundsOf(s)]));
    return { k, spans: [...distinct.values()].filter((bounds) => bounds.some((day) => day)) };
  });
  const bars = dated.filter(({ spans }) => spans.length).slice(0, 16);
  if (!bars.length || !lastYear) return [];
  const wide = 320, left = 4, row = 26;
  const [first, last] = [firstYear, lastYear + 1];
  const at = (day) => {
    const [year, month, date] = [Math.floor(day / 10000), Math.floor(day / 100) % 100, day % 100];
    const when = year + (month - 1) / 12 + (date - 1) / 365;
    return left + ((wide - 2 * left) * (Math.min(Math.max(when, first), last) - first)) / (last - first);
  };
  const svg = svgElement("svg", { viewBox: `0 0 ${wide} ${bars.length * row + 16}`, class: "timeline",
    role: "img" });
  const texts = bars.map(({ k, spans }, n) =>
    bar(svg, { k, spans, i, top: n * row, at, last, first }));
  svg.setAttribute("aria-label", texts.join("; "));
  for (const year of [first, Math.round((first + last) / 2), last]) {
    const x = at(year * 10000 + 101);
    const anchor = year === first ? "start" : year === last ? "end" : "middle";
    svg.append(svgElement("text", { x, y: bars.length * row + 11, "text-anchor": anchor, class: "tick" },
      String(year)));
  }
  return [make("h3", { text: word("functions") }), make("p", { class: "hint", text: word("timelineHint") }), svg];
}

/** A line of the chart: all that is said of one relation, light where possible, dark where certain. */
function bar(svg, { k, spans, i, top, at, first, last }) {
  const name = `${relationName(k)} – ${labelOf(otherEnd(k, i))}`;
  const possible = svgElement("g", { class: "possible" });
  const certain = svgElement("g", { class: "certain" });
  const add = (group, from, to, least) => group.append(
    svgElement("rect", { x: from, y: top + 14, width: Math.max(to - from, least), height: 8, rx: 2 }));
  for (const [earliestStart, latestStart, earliestEnd, latestEnd] of spans) {
    add(possible, at(earliestStart || first * 10000 + 101), at(latestEnd || last * 10000 + 101), 2);
    if (!latestStart || !earliestEnd) continue;
    add(certain, ...[latestStart, earliestEnd].sort((a, b) => a - b).map(at), 4);
  }
  svg.append(possible, certain,
    svgElement("text", { x: 4, y: top + 10 }, name.length > 54 ? `${name.slice(0, 53)}…` : name));
  const days = spans.map((known) => known.map((day) => day || "?"));
  return `${name}: ${days.map(([a, b, c, d]) => `${a}/${b} – ${c}/${d}`).join(", ")}`;
}

function svgElement(tag, attributes, text) {
  const element = document.createElementNS(SVG, tag);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  if (text !== undefined) element.textContent = text;
  return element;
}

// ---- how the page was made ----

function aboutContent() {
  const rows = [
    ["madeBy", byId("made-by").textContent],
    ["seen", word("size")(shown.nodes.length, shown.edges.length,
      shown.edges.reduce((sum, k) => sum + saidOf(k).length, 0))],
    ["filtersOn", filterWords().join("; ") || word("noFilters")],
    ...(data.licensed ? [["licence", "CC BY 4.0"]] : []),
    ...(data.cite ? [["cite", data.cite]] : []),
    ["colours", word("coloursAre")],
    ["software", `${renderer.name}, Akteursnetz`],
  ];
  return [
    make("h2", { tabindex: "-1", text: word("aboutTitle") }),
    make("dl", { class: "about" }, ...rows.flatMap(([key, value]) =>
      [make("dt", { text: word(key) }), make("dd", {}, foreign(value))])),
    ...citationButton({ citation: data.cite }),
  ];
}
