// ---- what is seen, as SVG, PNG and CSV ----

const escaped = (text) => String(text)
  .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g, "")
  .replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");

const SHAPE_AT = (shape, x, y, r) =>
  `<path d="${SHAPES[shape]}" transform="translate(${x - r} ${y - r}) scale(${r / 8})" ` +
  'vector-effect="non-scaling-stroke"';

/** The view as SVG: lines, nodes and names where they stand on the screen. */
function seenAsSvg() {
  drawLabels();
  const { width, height } = canvasSize();
  const colour = palette();
  const at = ([x, y]) => `${x.toFixed(1)} ${y.toFixed(1)}`;
  const inside = (i, room = 40) => {
    const [x, y] = renderer.toScreen(X[i], Y[i]);
    return x > -room && y > -room && x < width + room && y < height + room;
  };
  const outlines = state.hulls ? hulls().map(({ group, points }) =>
    `<polygon points="${points.map((p) => p.map((v) => v.toFixed(1)).join()).join(" ")}" ` +
    `fill="${data.colours[group]}" fill-opacity="0.12" stroke="${data.colours[group]}"/>`) : [];
  const behind = backgroundLines().map((line) => `<polyline points="${line.map((p) =>
    p.map((v) => v.toFixed(1)).join()).join(" ")}" fill="none" stroke="${colour("--outline")}"/>`);
  const drawnEdges = renderer.name === "sigma.js" ? thinned() : shown.edges;
  const lines = drawnEdges.map((k) => {
    const look = edgeLook(k);
    const points = [0, 0.5, 1].map((part) => renderer.toScreen(...pointOn(k, part)));
    const via = [0, 1].map((n) => 2 * points[1][n] - (points[0][n] + points[2][n]) / 2);
    return `<path d="M${at(points[0])}Q${at(via)} ${at(points[2])}" stroke="${look.colour}" ` +
      `stroke-width="${look.lit ? 2 : 1}"${look.dashed ? ' stroke-dasharray="6 4"' : ""}/>`;
  });
  const spots = [...shown.nodes].reverse().filter((i) => inside(i)).map((i) => {
    const { fill, border, shape } = nodeLook(i);
    const [x, y] = renderer.toScreen(X[i], Y[i]);
    return `${SHAPE_AT(shape, x, y, renderer.radius(i))} fill="${fill}" stroke="${border}"/>`;
  });
  const texts = placedLabels.flatMap((label) => labelAsSvg(label, colour));
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" ` +
    `viewBox="0 0 ${width} ${height}"><title>${escaped(document.title)}</title>` +
    `<desc>${escaped([byId("made-by").textContent, ...filterWords()].join("; "))}</desc>` +
    `<rect width="100%" height="100%" fill="${colour("--paper")}"/>${behind.join("")}${outlines.join("")}` +
    `<g fill="none">${lines.join("")}</g><g>${spots.join("")}</g>` +
    `<g font-family="${escaped(FONT)}" paint-order="stroke" stroke="${colour("--paper")}" ` +
    `stroke-width="3.5" stroke-linejoin="round">${texts.join("")}</g></svg>`;
}

function labelAsSvg(label, colour) {
  const edge = label.k !== undefined;
  const [x, y] = edge ? renderer.toScreen(...pointOn(label.k, label.part))
    : renderer.toScreen(X[label.i], Y[label.i]);
  const anchor = { left: "start", right: "end" }[label.align] || "middle";
  return label.lines.map((line, n) =>
    `<text x="${(x + (edge ? 0 : label.dx)).toFixed(1)}" ` +
    `y="${((edge ? y : y + label.top + LINE * (n + 0.5)) + 4).toFixed(1)}" text-anchor="${anchor}" ` +
    `font-size="${edge ? 11 : LABEL_SIZE}"${label.bold ? ' font-weight="600"' : ""} ` +
    `fill="${colour(edge ? "--muted" : "--ink")}">${escaped(line)}</text>`);
}

/** The statements behind what is seen; a cell that a spreadsheet would run gets a mark before it. */
function seenAsCsv() {
  const cell = (value) => {
    const text = String(value === undefined || value === null ? "" : value);
    const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
    return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
  };
  const head = ["subject", "relation", "object", "since", "until", "observed", "certainty", "source",
    "url", "quote", "statement"];
  const once = onlyOnce();
  const lines = shown.edges.flatMap((k) => saidOf(k).filter((s) => saidState(s) && once(s)).map((s) => {
    const statement = statementOf(s);
    const passages = statement.evidence.map(({ quote }) => quote).filter((quote) => quote);
    const { says } = statement;
    const triple = says ? [says.subject, says.en, says.object]
      : [labelOf(edges.from[k]), relationOf(k).name, labelOf(edges.to[k])];
    return [...triple, statement.since,
      statement.until, statement.observed, statement.certainty, statement.source_title, statement.url,
      passages.join(" … "), statement.id && later().base + statement.id];
  }));
  return [head, ...lines].map((line) => line.map(cell).join(",")).join("\r\n") + "\r\n";
}

function save(name, content, type) {
  const address = URL.createObjectURL(content instanceof Blob ? content : new Blob([content], { type }));
  const anchor = make("a", { href: address, download: name });
  document.body.append(anchor);
  anchor.click();
  anchor.remove();
  window.setTimeout(() => URL.revokeObjectURL(address), 10000);
}

function savePng() {
  const { width, height } = canvasSize();
  const image = new Image();
  const address = URL.createObjectURL(new Blob([seenAsSvg()], { type: "image/svg+xml" }));
  image.addEventListener("load", () => {
    const canvas = make("canvas", { width: width * 2, height: height * 2 });
    canvas.getContext("2d").drawImage(image, 0, 0, width * 2, height * 2);
    URL.revokeObjectURL(address);
    canvas.toBlob((blob) => save(fileName("png"), blob), "image/png");
  });
  image.src = address;
}

const fileName = (ending) => `${folded(document.title).replace(/[^a-z0-9]+/g, "-").slice(0, 60) || "network"}.${ending}`;

function exportButtons() {
  const button = (id, text, onclick) => make("button", { type: "button", id, text, onclick });
  return make("div", { class: "field" },
    make("h3", { text: word("export") }),
    make("div", { class: "buttons" },
      button("save-png", "PNG", savePng),
      button("save-svg", "SVG", () => save(fileName("svg"), seenAsSvg(), "image/svg+xml")),
      button("save-csv", "CSV", () => save(fileName("csv"), `\ufeff${seenAsCsv()}`, "text/csv"))));
}
