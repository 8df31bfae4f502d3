"use strict";
/* One direction only: the data never changes, an action changes the state, and then what shows the
   state is drawn again. Names and quotes reach the page as text nodes, never as HTML. */
(function () {
  // ---- data ----

  const data = JSON.parse(document.getElementById("data").textContent);
  const entities = new Map(data.entities.map((entity) => [entity.id, entity]));
  const relations = new Map(data.relations.map((relation) => [relation.id, relation]));
  const types = new Map(Object.entries(data.types));
  const relationsOf = new Map(data.entities.map((entity) => [entity.id, []]));
  for (const relation of data.relations) {
    relationsOf.get(relation.from).push(relation);
    if (relation.to !== relation.from) relationsOf.get(relation.to).push(relation);
  }
  const namesToFind = data.entities.flatMap((entity) =>
    [...new Set([entity.label, ...entity.names])].map((name) => ({
      name,
      entity,
      folded: folded(name),
    })),
  );

  // ---- state ----

  const state = {
    language: "de",
    table: false,
    hiddenTypes: new Set(),
    selected: null, // {entity: id} or {relation: id}
    hovered: null, // id of a relation
    close: false, // zoomed in so far that all edge labels have room
    far: 0, // how large labels are drawn from far away, where only some have room; 0: all do
    landmarks: new Set(), // ids of the entities that have a label from far away
  };

  // ---- words ----

  const WORDS = {
    de: {
      search: "Suche",
      searchHint: "Name oder Abkürzung suchen …",
      nothingFound: "Nichts gefunden",
      table: "Tabelle",
      legend: "Legende",
      network: "Netz",
      canvas: "Netz: Pfeiltasten verschieben, + und − zoomen. Alles steht auch in der Tabelle.",
      zoomIn: "Vergrößern",
      zoomOut: "Verkleinern",
      fit: "Alles zeigen",
      filter: "Filtern",
      statements: "Aussagen",
      details: "Einzelheiten",
      close: "Schließen",
      data: "Daten:",
      size: (n, e, s) =>
        `${n} ${n === 1 ? "Entität" : "Entitäten"} · ${e} ${e === 1 ? "Beziehung" : "Beziehungen"} · ` +
        `${s} ${s === 1 ? "Aussage" : "Aussagen"}`,
      count: (s) => `${s} ${s === 1 ? "Aussage" : "Aussagen"}`,
      shown: (some, all) => `${some} von ${all} Aussagen`,
      solid: "ausdrücklich gesagt",
      dashed: "nur erschlossen",
      also: "Auch: ",
      outgoing: "Von hier aus",
      incoming: "Hierher",
      both: "Wechselseitig",
      noRelations: "Keine Beziehungen in diesem Netz.",
      showInNetwork: "Im Netz zeigen",
      cited: "Nur zitiert: Der Wortlaut der Quelle lag nicht vor.",
      noQuote: "nur zitiert",
      subject: "Subjekt",
      relation: "Beziehung",
      object: "Objekt",
      since: "seit",
      until: "bis",
      source: "Quelle",
      quote: "Zitat",
      certainty: "Gewissheit",
      stated: "ausdrücklich gesagt",
      implied: "erschlossen",
      modality: "Modalität",
      planned: "geplant",
      denied: "bestritten",
      inferred: "erschlossen aus",
      observed: "Stand",
      holds: "zur gefragten Zeit",
      called: "in der Quelle genannt",
      certain: "gilt sicher",
      possible: "gilt möglicherweise",
      role: "Rolle",
      amount: "Betrag",
      publisher: "Herausgeber",
      published: "veröffentlicht",
      place: "Textstelle",
      characters: (start, end) => `Zeichen ${start}–${end}`,
      url: "Fundstelle",
      note: "Anmerkung",
      around: "um ",
      open: "offen",
      quoted: (text) => `„${text}“`,
    },
    en: {
      search: "Search",
      searchHint: "Search a name or abbreviation …",
      nothingFound: "Nothing found",
      table: "Table",
      legend: "Legend",
      network: "Network",
      canvas: "Network: arrow keys move, + and − zoom. Everything is in the table, too.",
      zoomIn: "Zoom in",
      zoomOut: "Zoom out",
      fit: "Show all",
      filter: "Filter",
      statements: "Statements",
      details: "Details",
      close: "Close",
      data: "Data:",
      size: (n, e, s) =>
        `${n} ${n === 1 ? "entity" : "entities"} · ${e} ${e === 1 ? "relation" : "relations"} · ` +
        `${s} ${s === 1 ? "statement" : "statements"}`,
      count: (s) => `${s} ${s === 1 ? "statement" : "statements"}`,
      shown: (some, all) => `${some} of ${all} statements`,
      solid: "stated outright",
      dashed: "only implied",
      also: "Also: ",
      outgoing: "From here",
      incoming: "To here",
      both: "Mutual",
      noRelations: "No relations in this network.",
      showInNetwork: "Show in the network",
      cited: "Cited only: the source’s wording was not at hand.",
      noQuote: "cited only",
      subject: "Subject",
      relation: "Relation",
      object: "Object",
      since: "since",
      until: "until",
      source: "Source",
      quote: "Quote",
      certainty: "Certainty",
      stated: "stated outright",
      implied: "implied",
      modality: "Modality",
      planned: "planned",
      denied: "denied",
      inferred: "inferred from",
      observed: "As of",
      holds: "At the time asked about",
      called: "Called in the source",
      certain: "certainly holds",
      possible: "possibly holds",
      role: "Role",
      amount: "Amount",
      publisher: "Publisher",
      published: "published",
      place: "Position",
      characters: (start, end) => `characters ${start}–${end}`,
      url: "Where",
      note: "Note",
      around: "c. ",
      open: "open",
      quoted: (text) => `„${text}“`, // the quotes are German text
    },
  };

  const word = (key) => WORDS[state.language][key];
  const translated = (key) => (typeof word(key) === "string" ? word(key) : key);
  const typeName = (type) => (types.get(type) || { de: type, en: type })[state.language];
  const relationName = (relation) => relation.label[state.language];

  /** Without case, accents and the difference of ß and ss, for finding. */
  function folded(text) {
    return text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase().replaceAll("ß", "ss");
  }

  /** A date in EDTF as one reads it; what is not understood stays as it is. */
  function dateText(edtf, monthForm = "long") {
    if (edtf === "..") return word("open");
    const parts = /^(\d{4})(?:-(\d\d))?(?:-(\d\d))?([~%]?)$/.exec(edtf);
    if (!parts) return edtf;
    const [, year, month, day, around] = parts;
    const date = new Date(Date.UTC(Number(year), Number(month || 1) - 1, Number(day || 1)));
    const form = { year: "numeric", timeZone: "UTC" };
    if (month) form.month = monthForm;
    if (day) form.day = "numeric";
    const locale = state.language === "de" ? "de-DE" : "en-GB";
    return (around ? word("around") : "") + new Intl.DateTimeFormat(locale, form).format(date);
  }

  // ---- building blocks ----

  const byId = (id) => document.getElementById(id);

  /** An element with properties (class, text, on…, else attributes) and children. */
  function make(tag, properties = {}, ...children) {
    const element = document.createElement(tag);
    for (const [key, value] of Object.entries(properties)) {
      if (key === "text") element.textContent = value;
      else if (key.startsWith("on")) element.addEventListener(key.slice(2), value);
      else element.setAttribute(key, value);
    }
    element.append(...children.filter((child) => child !== null));
    return element;
  }

  /** Text of the data, kept apart from the direction of the text around it. */
  const foreign = (text, tag = "bdi") => make(tag, { dir: "auto", text: String(text) });

  /** A link, if it leads to the web; anything else is only text. */
  function link(address, text) {
    let url = null;
    try {
      url = new URL(address);
    } catch {
      return foreign(text);
    }
    if (!["http:", "https:"].includes(url.protocol)) return foreign(text);
    const properties = { href: url.href, rel: "noopener noreferrer", target: "_blank" };
    return make("a", properties, foreign(text));
  }

  function entityButton(id) {
    const choose = () => jumpTo(id);
    return make("button", { type: "button", class: "link", onclick: choose },
      foreign(entities.get(id).label));
  }

  const SVG = "http://www.w3.org/2000/svg";
  const SHAPES = {
    dot: "M8 2a6 6 0 1 0 .01 0z",
    square: "M2.5 2.5h11v11h-11z",
    diamond: "M8 1l7 7-7 7-7-7z",
    triangle: "M8 1.5l7 12.5H1z",
    triangleDown: "M8 14.5L1 2h14z",
    hexagon: "M4.5 2h7L15 8l-3.500 6h-7L1 8z",
    star: "M8 1l2.100 4.600 4.900.6-3.600 3.400.9 4.900L8 12.100l-4.300 2.400.9-4.900L1 6.200l4.900-.6z",
  };

  function drawn(className, viewBox, tag, attributes) {
    const svg = document.createElementNS(SVG, "svg");
    const shape = document.createElementNS(SVG, tag);
    svg.setAttribute("class", className);
    svg.setAttribute("viewBox", viewBox);
    svg.setAttribute("aria-hidden", "true");
    for (const [key, value] of Object.entries(attributes)) shape.setAttribute(key, value);
    svg.append(shape);
    return svg;
  }

  function symbol(type) {
    const { shape, colour } = types.get(type) || { shape: "dot", colour: "#8A9099" };
    return drawn("symbol", "0 0 16 16", "path", { d: SHAPES[shape], fill: colour });
  }

  const stroke = (className) =>
    drawn(`stroke ${className}`, "0 0 30 8", "line", { x1: 0, x2: 30, y1: 4, y2: 4 });

  // ---- the drawing ----

  const nodes = new vis.DataSet(data.drawing.nodes);
  const edges = new vis.DataSet(data.drawing.edges);
  const network = new vis.Network(byId("canvas"), { nodes, edges }, data.drawing.options);
  const LABELS_FROM_SCALE = 1.35;
  const FONT_SIZE = data.drawing.options.nodes.font.size;
  const LEAST_FONT_SIZE = 9; // on the screen
  const nodesByDegree = [...data.drawing.nodes].sort((a, b) =>
    relationsOf.get(b.id).length - relationsOf.get(a.id).length || (a.id < b.id ? -1 : 1));
  const HUBS = 10;
  const MOST_LABELS = 8; // edge labels around one entity that still have room

  const isHidden = (id) => state.hiddenTypes.has(entities.get(id).type);

  /** Ids of the entities that stand out while something is selected; null: all alike. */
  function highlighted() {
    if (!state.selected) return null;
    if (state.selected.relation) {
      const relation = relations.get(state.selected.relation);
      return new Set([relation.from, relation.to]);
    }
    const id = state.selected.entity;
    return new Set([id, ...relationsOf.get(id).flatMap((relation) => [relation.from, relation.to])]);
  }

  function isHighlighted(relation) {
    if (!state.selected) return false;
    if (state.selected.relation) return state.selected.relation === relation.id;
    return relation.from === state.selected.entity || relation.to === state.selected.entity;
  }

  const litCount = () =>
    state.selected.relation ? 1 : relationsOf.get(state.selected.entity).length;

  function nodeLook(entity, colour, bright) {
    const fill = (types.get(entity.type) || {}).colour || "#8A9099";
    const lit = bright === null || bright.has(entity.id);
    const chosen = { background: fill, border: colour("--accent") };
    return {
      id: entity.id,
      hidden: isHidden(entity.id),
      opacity: lit ? 1 : 0.25,
      color: { background: fill, border: colour("--node-border"), highlight: chosen, hover: chosen },
      font: {
        size: fontSize(entity.id),
        color: colour(lit ? "--ink" : "--faded"),
        strokeColor: colour("--paper"),
      },
      title: tooltip(entity.label, typeName(entity.type)),
    };
  }

  function edgeLook(relation, colour) {
    const lit = isHighlighted(relation);
    const dimmed = state.selected !== null && !lit;
    const roomy = state.close || (state.selected !== null && litCount() <= MOST_LABELS);
    const labelled = state.hovered === relation.id || (roomy && !dimmed);
    const strong = colour("--accent");
    return {
      id: relation.id,
      hidden: isHidden(relation.from) || isHidden(relation.to),
      label: labelled ? shortened(relationName(relation)) : "",
      color: {
        color: lit ? strong : colour("--edge"),
        opacity: dimmed ? 0.3 : 1,
        highlight: strong,
        hover: strong,
      },
      font: { color: colour(lit ? "--accent" : "--muted"), strokeColor: colour("--paper") },
      title: tooltip(relationName(relation), word("count")(relation.statements.length)),
    };
  }

  const shortened = (text) => (text.length > 40 ? `${text.slice(0, 39)}…` : text);

  const tooltip = (strong, rest) =>
    make("div", {}, foreign(strong, "strong"), make("span", { text: rest }));

  function drawNodes() {
    const colour = palette();
    const bright = highlighted();
    nodes.update(data.entities.map((entity) => nodeLook(entity, colour, bright)));
  }

  function drawEdges(some = data.relations) {
    const colour = palette();
    edges.update(some.map((relation) => edgeLook(relation, colour)));
  }

  function palette() {
    const style = getComputedStyle(document.documentElement);
    return (name) => style.getPropertyValue(name).trim();
  }

  const MARGIN = 20;
  const READABLE_SCALE = 0.7;

  /** Left, top, right and bottom of these entities with their labels. */
  function boundsOf(ids) {
    const boxes = ids.map((id) => network.getBoundingBox(id));
    return {
      left: Math.min(...boxes.map((box) => box.left)),
      top: Math.min(...boxes.map((box) => box.top)),
      right: Math.max(...boxes.map((box) => box.right)),
      bottom: Math.max(...boxes.map((box) => box.bottom)),
    };
  }

  /** The view in which these entities fill the canvas, but are not blown up. */
  function viewOf(ids) {
    labelFromAfar(0);
    network.redraw(); // labels have a size only once they are drawn
    const { left, top, right, bottom } = boundsOf(ids);
    const { clientWidth: width, clientHeight: height } = byId("canvas");
    const scale = Math.min((width - 2 * MARGIN) / (right - left),
      (height - 2 * MARGIN) / (bottom - top), 1.2);
    return { position: { x: (left + right) / 2, y: (top + bottom) / 2 }, scale: Math.max(scale, 0.02) };
  }

  function fit() {
    const ids = data.entities.map(({ id }) => id).filter((id) => !isHidden(id));
    if (!ids.length) return;
    network.moveTo(viewOf(ids));
    noteScale();
  }

  /** Bring an entity and its neighbours into view; the entity alone if they are too spread out. */
  function lookAt(id) {
    const view = viewOf([...highlighted()].filter((each) => !isHidden(each)));
    if (view.scale >= READABLE_SCALE) network.moveTo(view);
    else network.moveTo({ position: network.getPosition(id), scale: READABLE_SCALE });
    noteScale();
  }

  function zoom(factor) {
    network.moveTo({ scale: Math.min(Math.max(network.getScale() * factor, 0.05), 6) });
    noteScale();
  }

  function noteScale() {
    const scale = network.getScale();
    const close = scale >= LABELS_FROM_SCALE;
    if (close !== state.close) {
      state.close = close;
      drawEdges();
    }
    const far = FONT_SIZE * scale < LEAST_FONT_SIZE ? LEAST_FONT_SIZE / scale : 0;
    // Labels follow the zoom in steps: to set them anew with every turn of the wheel is slow.
    if (far === 0 ? state.far === 0 : Math.abs(Math.log(far / state.far)) < 0.15) return;
    labelFromAfar(far);
  }

  function labelFromAfar(size) {
    state.far = size;
    state.landmarks = size ? landmarks(size) : new Set();
    drawNodes();
  }

  function fontSize(id) {
    if (!state.far) return FONT_SIZE;
    return state.landmarks.has(id) || isChosen(id) ? state.far : 0;
  }

  function isChosen(id) {
    const { entity, relation } = state.selected || {};
    if (entity !== undefined) return entity === id;
    if (relation === undefined) return false;
    return relations.get(relation).from === id || relations.get(relation).to === id;
  }

  /** From far away only some labels have room: those of the best connected entities. */
  function landmarks(size) {
    const seen = nodesByDegree.filter((node) => !isHidden(node.id));
    const places = seen.map((node) => network.getPosition(node.id));
    const chosen = new Map();
    seen.forEach((node, i) => {
      const box = labelBox(node, size);
      const apart = (other) => box.right < other.left || other.right < box.left ||
        box.bottom < other.top || other.bottom < box.top;
      const covers = ({ x, y }, j) => j !== i &&
        box.left < x && x < box.right && box.top < y && y < box.bottom;
      // The hubs are named in any case, the others where the name covers no node.
      if (i >= HUBS && places.some(covers)) return;
      if ([...chosen.values()].every(apart)) chosen.set(node.id, box);
    });
    return new Set(chosen.keys());
  }

  /** About where the node and its label are when the label has this font size. */
  function labelBox(node, size) {
    const { x, y } = network.getPosition(node.id);
    const lines = node.label.split("\n");
    const half = Math.max(...lines.map((line) => line.length)) * size * 0.31;
    const bottom = y + node.size + size * (lines.length + 0.5);
    return { left: x - half, right: x + half, top: y - node.size, bottom };
  }

  function hover(id) {
    const changed = [state.hovered, id].filter((each) => relations.has(each));
    state.hovered = id;
    drawEdges(changed.map((each) => relations.get(each)));
  }

  /** After the panel came or went the canvas has another size. */
  function resized() {
    network.setSize("100%", "100%");
    network.redraw();
  }

  // ---- selection ----

  function jumpTo(id) {
    state.hiddenTypes.delete(entities.get(id).type);
    select({ entity: id });
    if (!state.table) lookAt(id);
  }

  function select(selected) {
    state.selected = selected;
    const { entity, relation } = selected || {};
    network.setSelection(
      { nodes: entity ? [entity] : [], edges: relation ? [relation] : [] },
      { highlightEdges: false },
    );
    remember(entity);
    drawNodes();
    drawEdges();
    drawLegend();
    drawPanel(true);
  }

  /** The address of the page names the selected entity, so that one can send it to somebody. */
  function remember(id) {
    const address = id ? `#${encodeURIComponent(id)}` : location.pathname + location.search;
    try {
      history.replaceState(null, "", address);
    } catch {
      // Where the browser forbids it (some do for files), the page works all the same.
    }
  }

  function followAddress() {
    let id = "";
    try {
      id = decodeURIComponent(location.hash.slice(1));
    } catch {
      return;
    }
    if (entities.has(id)) jumpTo(id);
  }

  // ---- panel ----

  function drawPanel(takeFocus = false) {
    const panel = byId("panel");
    const wasHidden = panel.hidden;
    panel.hidden = state.selected === null;
    const content = state.selected === null ? [] : panelContent(state.selected);
    byId("details").replaceChildren(...content);
    if (wasHidden !== panel.hidden && !state.table) resized();
    if (panel.hidden || !takeFocus) return;
    panel.scrollTop = 0;
    byId("details").querySelector("h2").focus({ preventScroll: true });
  }

  const panelContent = ({ entity, relation }) =>
    entity ? entityContent(entities.get(entity)) : relationContent(relations.get(relation));

  function entityContent(entity) {
    const others = entity.names.filter((name) => name !== entity.label);
    const mine = relationsOf.get(entity.id);
    const outgoing = mine.filter((each) => !each.symmetric && each.from === entity.id);
    const incoming = mine.filter((each) => !each.symmetric && each.to === entity.id);
    return [
      make("p", { class: "kind" }, symbol(entity.type), make("span", { text: typeName(entity.type) })),
      make("h2", { tabindex: "-1" }, foreign(entity.label)),
      others.length ? alsoLine(others) : "",
      entity.iri ? make("p", { class: "iri" }, foreign(entity.iri)) : "",
      state.table ? showButton(entity.id) : "",
      ...neighbourSection("outgoing", outgoing, entity.id),
      ...neighbourSection("incoming", incoming, entity.id),
      ...neighbourSection("both", mine.filter((each) => each.symmetric), entity.id),
      mine.length ? "" : make("p", { text: word("noRelations") }),
    ];
  }

  function alsoLine(names) {
    const parts = names.flatMap((name, i) => [i ? ", " : "", foreign(name)]);
    return make("p", { class: "also" }, word("also"), ...parts);
  }

  function showButton(id) {
    const show = () => {
      showTable(false);
      jumpTo(id);
    };
    return make("button", { type: "button", text: word("showInNetwork"), onclick: show });
  }

  function neighbourSection(heading, some, id) {
    const groups = new Map();
    for (const relation of some) {
      const name = relationName(relation);
      groups.set(name, [...(groups.get(name) || []), relation]);
    }
    const arrow = { outgoing: "→ ", incoming: "← ", both: "↔ " }[heading];
    const lists = [...groups].flatMap(([name, group]) => [
      make("h4", {}, make("span", { "aria-hidden": "true", text: arrow }), foreign(name)),
      make("ul", {}, ...group.map((relation) => neighbourItem(relation, id))),
    ]);
    return lists.length ? [make("h3", { text: word(heading) }), ...lists] : [];
  }

  function neighbourItem(relation, id) {
    const other = relation.from === id ? relation.to : relation.from;
    return make("li", {}, entityButton(other), evidenceButton(relation));
  }

  function evidenceButton(relation) {
    const text = word("count")(relation.statements.length);
    const choose = () => select({ relation: relation.id });
    return make("button", { type: "button", class: "evidence", text, onclick: choose });
  }

  function relationContent(relation) {
    const arrow = relation.symmetric ? "↔" : "→";
    return [
      make("p", { class: "kind", text: word("count")(relation.statements.length) }),
      make("h2", { tabindex: "-1" },
        entityButton(relation.from),
        make("span", { class: "relation" }, `${arrow} `, foreign(relationName(relation))),
        entityButton(relation.to)),
      ...relation.statements.map(statementArticle),
    ];
  }

  function statementArticle(statement) {
    return make("article", {}, ...evidence(statement), make("dl", {}, ...details(statement)));
  }

  const quotes = (statement) => statement.support === "cited"
    ? []
    : statement.evidence.filter(({ quote }) => quote).map(({ quote }) => word("quoted")(quote));

  function evidence(statement) {
    const texts = quotes(statement);
    if (!texts.length) return [make("p", { class: "cited", text: word("cited") })];
    return texts.map((text) => make("blockquote", {}, foreign(text)));
  }

  function positionText(statement) {
    return statement.evidence
      .filter(({ start, end }) => Number.isInteger(start) && Number.isInteger(end))
      .map(({ start, end }) => word("characters")(start, end))
      .join("; ");
  }

  /** What the reader of the source noted, about the statement or about a passage. */
  function noteText(statement) {
    const notes = [statement.note, ...statement.evidence.map(({ note }) => note)];
    return [...new Set(notes.filter((note) => note))].join("; ");
  }

  /** What the source calls an entity that was merged into another one. */
  function statedNames(statement) {
    return [statement.stated_subject, statement.stated_object].filter((name) => name).join("; ");
  }

  /** Pairs of term and description of all that is known of a statement. */
  function details(statement) {
    const has = (key) => statement[key] !== undefined && statement[key] !== null;
    const plain = (key) => has(key) && foreign(statement[key]);
    const coded = (key) => has(key) && foreign(translated(statement[key]));
    const dated = (key) => has(key) && foreign(dateText(String(statement[key])));
    const source = statement.source_title || statement.source;
    const rows = [
      ["role", plain("role")],
      ["since", dated("since")],
      ["until", dated("until")],
      ["observed", dated("observed")],
      ["holds", coded("holds")],
      ["called", statedNames(statement) && foreign(statedNames(statement))],
      ["amount", plain("amount")],
      ["certainty", coded("certainty")],
      ["modality", statement.modality !== "asserted" && coded("modality")],
      ["inferred", plain("inferred")],
      ["source", source && (has("url") ? link(statement.url, source) : foreign(source))],
      ["url", has("url") && !isWeb(statement.url) && foreign(statement.url)],
      ["publisher", plain("publisher")],
      ["published", dated("published")],
      ["place", positionText(statement) && foreign(positionText(statement))],
      ["note", noteText(statement) && foreign(noteText(statement))],
    ];
    return rows.filter(([, value]) => value).flatMap(([key, value]) =>
      [make("dt", { text: word(key) }), make("dd", {}, value)]);
  }

  const isWeb = (address) => link(address, "").tagName === "A";

  // ---- legend ----

  function drawLegend() {
    const focused = document.activeElement && document.activeElement.dataset.type;
    const counts = new Map();
    for (const { type } of data.entities) counts.set(type, (counts.get(type) || 0) + 1);
    const chips = [...types.keys()]
      .sort((a, b) => typeName(a).localeCompare(typeName(b), state.language))
      .map((type) => typeChip(type, counts.get(type)));
    const keys = [["solid", ""], ["dashed", "dashed"]].map(([key, className]) =>
      make("span", { class: "key" }, stroke(className), word(key)));
    byId("legend").replaceChildren(...chips, ...keys);
    const again = focused && chips.find((chip) => chip.dataset.type === focused);
    if (again) again.focus();
  }

  function typeChip(type, count) {
    const chip = make("button", { type: "button", "aria-pressed": String(!state.hiddenTypes.has(type)) },
      symbol(type),
      make("span", { class: "word", text: typeName(type) }),
      make("span", { class: "count", text: String(count) }));
    chip.dataset.type = type;
    chip.addEventListener("click", () => toggleType(type));
    return chip;
  }

  function toggleType(type) {
    if (!state.hiddenTypes.delete(type)) state.hiddenTypes.add(type);
    labelFromAfar(state.far);
    drawEdges();
    drawLegend();
  }

  // ---- search ----

  const MOST_FOUND = 12;
  let found = [];
  let active = -1;

  /** Names that begin with the text first, then those with a word that does, then the rest. */
  function find(text) {
    const wanted = folded(text.trim());
    if (!wanted) return [];
    const rank = ({ folded: name }) =>
      name.startsWith(wanted) ? 0 : name.includes(` ${wanted}`) ? 1 : name.includes(wanted) ? 2 : 3;
    const hits = namesToFind.map((each) => ({ ...each, rank: rank(each) }));
    return hits
      .filter((hit) => hit.rank < 3)
      .sort((a, b) => a.rank - b.rank || a.name.length - b.name.length ||
        (a.folded < b.folded ? -1 : 1))
      .slice(0, MOST_FOUND);
  }

  function drawFound() {
    const input = byId("search");
    const list = byId("found");
    const asked = input.value.trim() !== "" && document.activeElement === input;
    list.hidden = !asked;
    input.setAttribute("aria-expanded", String(asked));
    list.replaceChildren(...found.map(foundItem));
    if (asked && !found.length) list.append(make("li", { role: "none", text: word("nothingFound") }));
    if (active >= 0) input.setAttribute("aria-activedescendant", `found-${active}`);
    else input.removeAttribute("aria-activedescendant");
  }

  function foundItem({ name, entity }, i) {
    const more = [name === entity.label ? null : entity.label, typeName(entity.type)];
    return make("li",
      { role: "option", id: `found-${i}`, "aria-selected": String(i === active), onclick: () => take(i) },
      foreign(name),
      make("small", {}, foreign(more.filter((text) => text).join(" · "))));
  }

  function take(i) {
    const { entity } = found[i];
    byId("search").value = "";
    closeFound();
    showTable(false);
    jumpTo(entity.id);
  }

  function closeFound() {
    found = [];
    active = -1;
    byId("found").hidden = true;
    byId("search").setAttribute("aria-expanded", "false");
  }

  function searchKey(event) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step && found.length) {
      active = (active + step + (active < 0 && step < 0 ? 1 : 0) + found.length) % found.length;
      drawFound();
      byId(`found-${active}`).scrollIntoView({ block: "nearest" });
    } else if (event.key === "Enter" && found.length) {
      take(Math.max(active, 0));
    } else if (event.key === "Escape" && !byId("found").hidden) {
      closeFound();
      event.stopPropagation();
    } else {
      return;
    }
    event.preventDefault();
  }

  // ---- table ----

  const COLUMNS = ["subject", "relation", "object", "since", "until", "observed", "source",
    "quote"];

  function showTable(shown) {
    if (state.table === shown) return;
    state.table = shown;
    byId("table").hidden = !shown;
    byId("drawing").hidden = shown;
    byId("to-table").setAttribute("aria-pressed", String(shown));
    if (shown) drawTable();
    else resized();
    drawPanel();
  }

  function drawTable() {
    byId("columns").replaceChildren(
      ...COLUMNS.map((key) => make("th", { scope: "col", text: word(key) })));
    byId("rows").replaceChildren(
      ...data.relations.flatMap((relation) =>
        relation.statements.map((statement) => tableRow(relation, statement))));
    filterTable();
  }

  function tableRow(relation, statement) {
    const choose = () => select({ relation: relation.id });
    const relationButton = make("button", { type: "button", class: "link", onclick: choose },
      foreign(relationName(relation)));
    const date = (key) => (statement[key] ? dateText(String(statement[key]), "short") : "");
    const source = statement.source_title || statement.source || "";
    const quoted = quotes(statement).join(" … ");
    return make("tr", {},
      make("td", { class: "name" }, entityButton(relation.from)),
      make("td", {}, relationButton),
      make("td", { class: "name" }, entityButton(relation.to)),
      make("td", { class: "date" }, date("since")),
      make("td", { class: "date" }, date("until")),
      make("td", { class: "date" }, date("observed")),
      make("td", { class: "wide" }, statement.url ? link(statement.url, source) : foreign(source)),
      quoted
        ? make("td", { class: "wide" }, foreign(quoted))
        : make("td", { class: "wide missing", text: word("noQuote") }));
  }

  function filterTable() {
    const wanted = folded(byId("filter").value.trim());
    const rows = [...byId("rows").rows];
    for (const row of rows) row.hidden = !folded(row.textContent).includes(wanted);
    const shown = rows.filter((row) => !row.hidden).length;
    byId("shown").textContent = word("shown")(shown, rows.length);
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
    const statements = data.relations.reduce((sum, each) => sum + each.statements.length, 0);
    byId("size").textContent = word("size")(entities.size, relations.size, statements);
    byId("canvas").firstElementChild.setAttribute("aria-label", word("canvas"));
    const [short, long, lang] = state.language === "de" ? ["EN", "English", "en"] : ["DE", "Deutsch", "de"];
    byId("language").textContent = short;
    byId("language").setAttribute("aria-label", long);
    byId("language").lang = lang;
  }

  function drawAll() {
    drawWords();
    drawLegend();
    drawNodes();
    drawEdges();
    drawPanel();
    if (state.table) drawTable();
  }

  // ---- actions ----

  function canvasClick({ nodes: [entity], edges: [relation] }) {
    if (entity !== undefined) select({ entity });
    else if (relation !== undefined) select({ relation });
    else if (state.selected) select(null);
  }

  function listenToNetwork() {
    network.on("click", canvasClick);
    network.on("zoom", noteScale);
    network.on("hoverEdge", ({ edge }) => hover(edge));
    network.on("blurEdge", () => hover(null));
    byId("canvas").firstElementChild.setAttribute("role", "application");
  }

  function listenToPage() {
    byId("zoom-in").addEventListener("click", () => zoom(1.3));
    byId("zoom-out").addEventListener("click", () => zoom(1 / 1.3));
    byId("fit").addEventListener("click", fit);
    byId("close").addEventListener("click", () => select(null));
    byId("to-table").addEventListener("click", () => showTable(!state.table));
    byId("filter").addEventListener("input", filterTable);
    byId("language").addEventListener("click", () => {
      state.language = state.language === "de" ? "en" : "de";
      drawAll();
    });
    document.addEventListener("keydown", (event) => {
      if (event.key === "Escape" && state.selected) select(null);
    });
    window.addEventListener("hashchange", followAddress);
    window.matchMedia("(prefers-color-scheme: dark)").addEventListener("change", drawAll);
  }

  function listenToSearch() {
    const input = byId("search");
    const look = () => {
      found = find(input.value);
      active = -1;
      drawFound();
    };
    input.addEventListener("input", look);
    input.addEventListener("focus", look);
    input.addEventListener("blur", closeFound);
    input.addEventListener("keydown", searchKey);
    // A press on the list must not take the focus away before the click arrives.
    byId("found").addEventListener("mousedown", (event) => event.preventDefault());
  }

  listenToNetwork();
  listenToPage();
  listenToSearch();
  drawAll();
  fit();
  followAddress();
})();
