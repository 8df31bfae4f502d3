// ---- legend and filters ----

function drawLegend() {
  const focused = document.activeElement && document.activeElement.dataset.type;
  const counts = data.types.map(() => 0);
  for (const type of nodes.type) counts[type] += 1;
  const chips = data.types.map((type, n) => n)
    .sort((a, b) => typeName(data.types[a]).localeCompare(typeName(data.types[b]), state.language))
    .map((n) => typeChip(n, counts[n]));
  const then = state.year === null ? "" : "Then";
  const keys = ["solid", "dashed"].map((key) =>
    make("span", { class: "key" }, stroke(key), word(key + then)));
  byId("legend").replaceChildren(...chips, ...(state.colour === "community" ? groupChips() : []), ...keys);
  const again = focused && chips.find((chip) => chip.dataset.type === focused);
  if (again) again.focus();
}

function typeChip(n, count) {
  const type = data.types[n];
  const look = state.colour === "type" ? type : { ...type, colour: GREY };
  const chip = make("button",
    { type: "button", "aria-pressed": String(!state.hiddenTypes.has(n)), onclick: () => toggleType(n) },
    symbol(look),
    make("span", { class: "word", text: typeName(type) }), " ",
    make("span", { class: "count", text: decimals(count) }));
  chip.dataset.type = n;
  return chip;
}

/** The communities that have a colour, each named by its best connected member. */
function groupChips() {
  const top = new Map();
  for (const i of byDegree) {
    const group = nodes.community[i];
    if (group >= 0 && group < data.colours.length && !top.has(group)) top.set(group, i);
  }
  return [...top].sort((a, b) => a[0] - b[0]).map(([group, i]) =>
    make("button", { type: "button", class: "group", onclick: () => jumpTo(i) },
      symbol({ shape: "dot", colour: data.colours[group] }),
      make("span", {}, foreign(word("around")(labelOf(i).length > 34 ? `${labelOf(i).slice(0, 33)}…` : labelOf(i))))));
}

function toggleType(n) {
  if (!state.hiddenTypes.delete(n)) state.hiddenTypes.add(n);
  filtersChanged();
}

function filtersChanged() {
  drawNetwork();
  drawLegend();
  drawPanel();
  if (state.view !== "net") drawTable();
}

function showFilters(visible) {
  byId("filters").hidden = !visible;
  byId("to-filters").setAttribute("aria-expanded", String(visible));
  if (visible) drawFilters();
  renderer.resize();
}

function drawFilters() {
  if (byId("filters").hidden) return;
  const focused = document.activeElement && document.activeElement.id;
  const open = [...byId("filter-groups").querySelectorAll("details[open]")].map(({ id }) => id);
  byId("filter-groups").replaceChildren(
    ...(NODES > data.first ? [labelled("much", muchSelect())] : []),
    labelled("sizeBy", sizeSelect(), explanation("size")),
    labelled("colourBy", colourSelect(), explanation("colour")),
    checkbox("hulls", word("hulls"), state.hulls, (on) => {
      state.hulls = on;
      drawLabels();
    }),
    choices("relations", data.relations.map((each) => each[state.language]), state.hiddenRelations),
    ...(nodes.state ? [choices("states", statesHere().map((n) => (n < 0 ? word("noState") : data.texts[n])),
      state.hiddenStates, statesHere())] : []),
    labelled("source", sourceSelect()),
    labelled("certainties", certaintySelect()),
    make("button", { type: "button", id: "reset", text: word("reset"), onclick: resetFilters }),
    pathForm(),
    exportButtons());
  for (const id of open) if (byId(id)) byId(id).open = true;
  if (focused && byId(focused)) byId(focused).focus();
}

const labelled = (key, control, ...more) => {
  const label = make("label", { for: control.id, text: word(key) });
  return make("div", { class: "field" }, label, control, ...more);
};

function select_(id, options, value, onChange) {
  const control = make("select", { id, onchange: (event) => onChange(event.target.value) },
    ...options.map(([key, text]) => make("option", { value: key, text })));
  control.value = value;
  return control;
}

function explanation(kind) {
  const more = kind === "size" && state.size === "betweenness" && nodes.pivots
    ? ` ${word("estimated")(nodes.pivots)}` : "";
  return make("p", { class: "hint", text: word(`explain_${state[kind]}`) + more });
}

function muchSelect() {
  const steps = [300, data.first, 5000, 20000].filter((n) => n < NODES);
  const options = [...new Set(steps)].sort((a, b) => a - b)
    .map((n) => [n, word("muchSome")(decimals(n))]);
  return select_("much", [...options, [NODES, word("muchAll")(decimals(NODES))]], state.most,
    (value) => drawMost(Number(value)));
}

const sizeSelect = () => select_("size-by",
  ["relationCount", "betweenness", "same"].map((key) => [key, word(key)]), state.size, (value) => {
    state.size = value;
    repaint();
    drawFilters();
  });

const colourSelect = () => select_("colour-by",
  ["type", "community"].map((key) => [key, word(key)]), state.colour, (value) => {
    state.colour = value;
    repaint();
    drawLegend();
    drawFilters();
  });

const sourceSelect = () => {
  const titles = data.sources.map((title, n) => [n, title.slice(0, 80)])
    .sort((a, b) => a[1].localeCompare(b[1], state.language));
  return select_("by-source", [[-1, word("allSources")], ...titles], state.source, (value) => {
    state.source = Number(value);
    filtersChanged();
  });
};

const certaintySelect = () => select_("by-certainty",
  [["any", word("anyCertainty")], ["stated", word("onlyStated")],
    ["contradicted", word("onlyContradicted")]], state.certainty, (value) => {
    state.certainty = value;
    filtersChanged();
  });

const statesHere = () => [...new Set(nodes.state)].sort((a, b) =>
  (a < 0) - (b < 0) || data.texts[a].localeCompare(data.texts[b], state.language));

function checkbox(id, text, on, onChange) {
  const box = make("input", { type: "checkbox", id, onchange: (event) => onChange(event.target.checked) });
  box.checked = on;
  return make("label", { class: "check" }, box, " ", foreign(text, "span"));
}

/** A group of checkboxes, each of which hides or shows what it names. */
function choices(key, names, hidden, values = names.map((_, n) => n)) {
  const set = (some) => {
    hidden.clear();
    for (const value of some) hidden.add(value);
    filtersChanged();
    drawFilters();
  };
  const heading = () => `${word(key)} (${names.length - hidden.size}/${names.length})`;
  const summary = make("summary", { text: heading() });
  return make("details", { class: "field", id: `by-${key}` }, summary,
    make("p", {},
      make("button", { type: "button", class: "link", text: word("all"), onclick: () => set([]) }), " · ",
      make("button", { type: "button", class: "link", text: word("none"), onclick: () => set(values) })),
    ...names.map((name, n) => checkbox(`${key}-${n}`, name, !hidden.has(values[n]), (on) => {
      if (on) hidden.delete(values[n]);
      else hidden.add(values[n]);
      summary.textContent = heading();
      filtersChanged();
    })));
}

function resetFilters() {
  for (const hidden of [state.hiddenTypes, state.hiddenRelations, state.hiddenStates]) hidden.clear();
  Object.assign(state, { source: -1, certainty: "any", year: null, onlyCertain: false });
  pause();
  filtersChanged();
  drawFilters();
}

/** The filters that are on, in words. */
function filterWords() {
  const named = (hidden, names, key) =>
    hidden.size ? [`${word(key)}: ${names.length - hidden.size}/${names.length}`] : [];
  return [
    ...named(state.hiddenTypes, data.types, "types"),
    ...named(state.hiddenRelations, data.relations, "relations"),
    ...(nodes.state ? named(state.hiddenStates, statesHere(), "states") : []),
    ...(state.source >= 0 ? [`${word("source")}: ${data.sources[state.source]}`] : []),
    ...(state.certainty === "stated" ? [word("onlyStated")] : []),
    ...(state.certainty === "contradicted" ? [word("onlyContradicted")] : []),
    ...(state.year === null ? [] : [`${word("year")} ${state.year}`]),
    ...(state.year !== null && state.onlyCertain ? [word("onlyCertain")] : []),
  ];
}
