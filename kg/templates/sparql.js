"use strict";
(() => {
  const $ = (id) => document.getElementById(id);
  const data = JSON.parse($("data").textContent);
  const de = document.documentElement.lang === "de";
  const prefix = document.body.dataset.prefix;
  const say = (german, english) => (de ? german : english);
  const editor = $("query"), words = $("words");
  const SVG = "http://www.w3.org/2000/svg";
  const MOST_ROWS = 1000, MOST_BARS = 40, MOST_NODES = 150;
  document.documentElement.classList.add("js");

  const make = (name, attributes = {}, text = "") => {
    const element = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
    element.textContent = text;
    return element;
  };
  const draw = (name, attributes = {}, text = "") => {
    const element = document.createElementNS(SVG, name);
    for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
    if (text) element.textContent = text;
    return element;
  };

  // Line numbers.
  const number = () => {
    const count = editor.value.split("\n").length;
    $("lines").textContent = Array.from({ length: count }, (_, i) => i + 1).join("\n");
    $("lines").scrollTop = editor.scrollTop;
  };
  editor.addEventListener("input", number);
  editor.addEventListener("scroll", () => { $("lines").scrollTop = editor.scrollTop; });

  // Completion: prefixes, and the classes and relations of the ontology by name or label.
  const KEYWORDS = ["SELECT", "DISTINCT", "WHERE", "CONSTRUCT", "DESCRIBE", "ASK", "FILTER", "OPTIONAL",
    "UNION", "GRAPH", "VALUES", "BIND", "ORDER BY", "GROUP BY", "HAVING", "LIMIT", "OFFSET", "COUNT", "FROM"];
  const known = [
    ...data.terms.map((t) => ({ insert: t.name, shown: `${t.name} · ${t.label} (${t.kind})`, text: `${t.name} ${t.label}`.toLowerCase() })),
    ...Object.entries(data.prefixes).map(([p, iri]) => ({ insert: `${p}:`, shown: `${p}: · ${iri}`, text: `${p}:` })),
    ...KEYWORDS.map((k) => ({ insert: k, shown: k, text: k.toLowerCase() })),
  ];
  let chosen = -1;
  const wordBefore = () => /[\p{L}\d_]*:?[\p{L}\d_-]*$/u.exec(editor.value.slice(0, editor.selectionStart))[0];
  const hide = () => { words.hidden = true; chosen = -1; editor.removeAttribute("aria-activedescendant"); };
  const suggest = (forced) => {
    const word = wordBefore().toLowerCase();
    if (!forced && word.length < 2) { hide(); return; }
    const bare = word.replace(/^akt:/, "");
    const rank = (k) => (k.text.startsWith(word) ? 0 : k.text.startsWith(`akt:${bare}`) ? 1 : 2);
    const found = known.filter((k) => k.text.includes(word) || (bare && k.text.includes(bare)))
      .sort((a, b) => rank(a) - rank(b)).slice(0, 12);
    if (!found.length || (found.length === 1 && found[0].insert.toLowerCase() === word)) { hide(); return; }
    words.replaceChildren(...found.map((k, i) => {
      const item = make("li", { role: "option", id: `word-${i}`, "aria-selected": "false" }, k.shown);
      item.dataset.insert = k.insert;
      item.addEventListener("mousedown", (event) => { event.preventDefault(); take(item); });
      return item;
    }));
    const before = editor.value.slice(0, editor.selectionStart).split("\n");
    const height = parseFloat(getComputedStyle(editor).lineHeight);
    words.style.top = `${before.length * height + 14 - editor.scrollTop}px`;
    words.style.left = `${Math.min(before.at(-1).length * 7.6 + 40, Math.max(0, editor.clientWidth - 260))}px`;
    words.hidden = false;
    choose(0);
  };
  const choose = (index) => {
    const items = [...words.children];
    chosen = (index + items.length) % items.length;
    items.forEach((item, i) => item.setAttribute("aria-selected", String(i === chosen)));
    items[chosen].scrollIntoView({ block: "nearest" });
    editor.setAttribute("aria-activedescendant", `word-${chosen}`);
  };
  const take = (item) => {
    const end = editor.selectionStart;
    editor.setRangeText(item.dataset.insert, end - wordBefore().length, end, "end");
    hide();
    number();
    editor.focus();
  };
  editor.addEventListener("input", () => suggest(false));
  editor.addEventListener("blur", hide);
  editor.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) { event.preventDefault(); run(); }
    else if (event.key === " " && event.ctrlKey) { event.preventDefault(); suggest(true); }
    else if (!words.hidden) {
      if (event.key === "ArrowDown" || event.key === "ArrowUp") { event.preventDefault(); choose(chosen + (event.key === "ArrowDown" ? 1 : -1)); }
      else if (event.key === "Enter" || event.key === "Tab") { event.preventDefault(); take(words.children[chosen]); }
      else if (event.key === "Escape") { event.preventDefault(); hide(); }
    }
  });

  // Answers.
  const short = (iri) => {
    for (const [p, base] of Object.entries(data.prefixes)) if (iri.startsWith(base)) return `${p}:${iri.slice(base.length)}`;
    return iri;
  };
  const page = (iri) => {
    for (const kind of ["ent", "src", "stm"]) {
      const base = data.prefixes[kind];
      if (iri.startsWith(base)) return `${prefix}${de ? "" : "/en"}/${{ ent: "entity", src: "source", stm: "statement" }[kind]}/${encodeURIComponent(iri.slice(base.length))}`;
    }
    return /^https?:\/\//.test(iri) ? iri : null;
  };
  const cell = (term) => {
    const td = make("td");
    if (!term) return td;
    const address = term.type === "uri" && page(term.value);
    if (address) td.append(make("a", { href: address, rel: "noopener noreferrer" }, short(term.value)));
    else td.textContent = term.value;
    if (term["xml:lang"]) td.lang = term["xml:lang"];
    return td;
  };
  const shownAs = (term) => (term ? (term.type === "uri" ? short(term.value) : term.value) : "");

  const showTable = (columns, rows) => {
    const table = make("table"), head = table.createTHead().insertRow(), body = table.createTBody();
    columns.forEach((c) => head.append(make("th", { scope: "col" }, c)));
    rows.slice(0, MOST_ROWS).forEach((row) => body.insertRow().append(...columns.map((c) => cell(row[c]))));
    $("table").replaceChildren(table);
    if (rows.length > MOST_ROWS) $("table").append(make("p", {}, say(`die ersten ${MOST_ROWS} von ${rows.length} Zeilen; alle im Download`, `the first ${MOST_ROWS} of ${rows.length} rows; all are in the download`)));
  };

  // A column of numbers is drawn as it is; else how often each value of the first column occurs.
  const showChart = (columns, rows) => {
    const numeric = columns.find((c) => rows.length && rows.every((r) => r[c] && /^(http.*#)(integer|decimal|double)$/.test(r[c].datatype || "")));
    const label = columns.find((c) => c !== numeric);
    let bars;
    if (numeric && label) bars = rows.map((r) => [shownAs(r[label]), Number(r[numeric].value)]);
    else {
      const counts = new Map();
      for (const row of rows) counts.set(shownAs(row[columns[0]]), (counts.get(shownAs(row[columns[0]])) || 0) + 1);
      bars = [...counts].sort((a, b) => b[1] - a[1]);
    }
    const shown = bars.slice(0, MOST_BARS), most = Math.max(1, ...shown.map((b) => b[1]));
    const svg = draw("svg", { viewBox: `0 0 900 ${shown.length * 22 + 10}`, width: 900, role: "img", "aria-label": say("Balkendiagramm", "bar chart") });
    shown.forEach(([name, value], i) => {
      const y = i * 22 + 5;
      svg.append(draw("text", { x: 290, y: y + 13, "text-anchor": "end" }, name.length > 42 ? `${name.slice(0, 41)}…` : name));
      svg.append(draw("rect", { x: 300, y, width: Math.max(1, (Math.max(0, value) / most) * 520), height: 16, rx: 2 }));
      svg.append(draw("text", { x: 306 + (Math.max(0, value) / most) * 520, y: y + 13 }, String(value)));
    });
    $("chart").replaceChildren(svg);
    if (bars.length > MOST_BARS) $("chart").append(make("p", {}, say(`die ersten ${MOST_BARS} von ${bars.length}`, `the first ${MOST_BARS} of ${bars.length}`)));
  };

  // The first two columns of IRIs are the ends of an edge; repulsion and springs on a fixed start.
  const showNetwork = (columns, rows) => {
    const ends = columns.filter((c) => rows.some((r) => r[c] && r[c].type === "uri"));
    const pair = columns.includes("subject") && columns.includes("object") ? ["subject", "object"] : ends.slice(0, 2);
    const nodes = new Map(), edges = [];
    for (const row of rows) {
      const [a, b] = pair.map((c) => row[c]);
      if (!a || !b || a.type !== "uri" || b.type !== "uri") continue;
      for (const term of [a, b]) if (!nodes.has(term.value) && nodes.size < MOST_NODES) nodes.set(term.value, { x: 0, y: 0 });
      if (nodes.has(a.value) && nodes.has(b.value)) edges.push([nodes.get(a.value), nodes.get(b.value)]);
    }
    const list = [...nodes.values()];
    if (!list.length) { $("network").replaceChildren(make("p", {}, say("Für ein Netz braucht es zwei Spalten mit IRIs.", "A network needs two columns of IRIs."))); return; }
    list.forEach((n, i) => { const a = i * 2.399963, r = 20 * Math.sqrt(i + 1); n.x = r * Math.cos(a); n.y = r * Math.sin(a); });
    for (let step = 0; step < 200; step++) {
      const heat = 12 * (1 - step / 200);
      for (const n of list) { n.dx = -n.x * 0.01; n.dy = -n.y * 0.01; }
      for (let i = 0; i < list.length; i++) for (let j = 0; j < i; j++) {
        const x = list[i].x - list[j].x, y = list[i].y - list[j].y, d = Math.max(25, x * x + y * y), f = 2600 / d;
        list[i].dx += x * f / 25; list[i].dy += y * f / 25; list[j].dx -= x * f / 25; list[j].dy -= y * f / 25;
      }
      for (const [a, b] of edges) { const x = b.x - a.x, y = b.y - a.y; a.dx += x * 0.04; a.dy += y * 0.04; b.dx -= x * 0.04; b.dy -= y * 0.04; }
      for (const n of list) { const d = Math.hypot(n.dx, n.dy) || 1; n.x += (n.dx / d) * Math.min(d, heat); n.y += (n.dy / d) * Math.min(d, heat); }
    }
    const xs = list.map((n) => n.x), ys = list.map((n) => n.y), left = Math.min(...xs) - 60, top = Math.min(...ys) - 20;
    const svg = draw("svg", { viewBox: `${left} ${top} ${Math.max(...xs) - left + 140} ${Math.max(...ys) - top + 30}`, width: 900, role: "group", "aria-label": say("Netz", "network") });
    for (const [a, b] of edges) svg.append(draw("line", { x1: a.x, y1: a.y, x2: b.x, y2: b.y }));
    for (const [iri, n] of nodes) {
      const address = page(iri), group = address ? draw("a", { href: address }) : draw("g");
      group.append(draw("circle", { cx: n.x, cy: n.y, r: 5 }), draw("text", { x: n.x + 7, y: n.y + 4 }, short(iri).replace(/^\w+:/, "").slice(0, 30)));
      svg.append(group);
    }
    $("network").replaceChildren(svg);
  };

  const PANELS = ["table", "chart", "network"];
  const open = (name) => PANELS.forEach((p) => {
    $(p).hidden = p !== name;
    $(`tab-${p}`).setAttribute("aria-selected", String(p === name));
    $(`tab-${p}`).tabIndex = p === name ? 0 : -1;
  });
  PANELS.forEach((p, i) => {
    $(`tab-${p}`).addEventListener("click", () => open(p));
    $(`tab-${p}`).addEventListener("keydown", (event) => {
      const step = { ArrowRight: 1, ArrowLeft: 2 }[event.key];
      if (step) { const next = PANELS[(i + step) % 3]; open(next); $(`tab-${next}`).focus(); }
    });
  });
  open("table");

  // N-Triples, whose terms are told by their first character.
  const term = (text) => {
    if (text.startsWith("<")) return { type: "uri", value: text.slice(1, -1) };
    if (text.startsWith("_:")) return { type: "bnode", value: text };
    const [, value, language] = /^"((?:[^"\\]|\\.)*)"(?:@([\w-]+))?/.exec(text) || [null, text, ""];
    return { type: "literal", value: value.replace(/\\(["\\nrt])/g, (_, c) => ({ n: "\n", r: "\r", t: "\t" }[c] || c)), ...(language ? { "xml:lang": language } : {}) };
  };
  const triples = (text) => text.split("\n").filter(Boolean).map((line) => {
    const [, s, p, o] = /^(\S+) (\S+) (.*) \.$/.exec(line);
    return { subject: term(s), predicate: term(p), object: term(o) };
  });

  let running = null, address = null;
  async function run() {
    hide();
    if (running) running.abort();
    const mine = (running = new AbortController());
    $("error").hidden = true;
    $("stop").hidden = false;
    $("status").textContent = say("läuft …", "running …");
    const began = performance.now(), query = editor.value;
    history.replaceState(null, "", `?${new URLSearchParams({ query })}`);
    try {
      const answer = await fetch(`${prefix}/sparql`, {
        method: "POST", signal: mine.signal, body: query,
        headers: { "Content-Type": "application/sparql-query", Accept: "application/sparql-results+json, application/n-triples;q=0.9" },
      });
      const text = await answer.text();
      if (!answer.ok) throw new Error(text);
      const type = answer.headers.get("Content-Type");
      const graph = type.startsWith("application/n-triples"), found = graph ? null : JSON.parse(text);
      const columns = graph ? ["subject", "predicate", "object"] : found.boolean === undefined ? found.head.vars : ["ASK"];
      const rows = graph ? triples(text) : found.boolean === undefined ? found.results.bindings : [{ ASK: { type: "literal", value: String(found.boolean) } }];
      showTable(columns, rows);
      showChart(columns, rows);
      showNetwork(columns, rows);
      if (address) URL.revokeObjectURL(address);
      address = URL.createObjectURL(new Blob([text], { type }));
      $("download").href = address;
      $("download").download = graph ? "answer.nt" : "answer.json";
      $("answer").hidden = false;
      $("status").textContent = `${rows.length} ${say("Zeilen", "rows")}, ${Math.round(performance.now() - began)} ms`;
    } catch (error) {
      if (mine !== running) return;
      $("answer").hidden = true;
      $("status").textContent = "";
      $("error").lang = error.name === "AbortError" ? document.documentElement.lang : "en";
      $("error").textContent = error.name === "AbortError" ? say("abgebrochen", "stopped") : error.message;
      $("error").hidden = false;
    } finally {
      if (mine === running) { running = null; $("stop").hidden = true; }
    }
  }
  $("form").addEventListener("submit", (event) => { event.preventDefault(); run(); });
  $("stop").addEventListener("click", () => running && running.abort());
  $("examples").addEventListener("change", (event) => {
    const text = data.examples[event.target.value];
    if (text) { editor.value = text; number(); run(); }
  });
  const given = new URLSearchParams(location.search).get("query");
  editor.value = given || Object.values(data.examples)[0];
  number();
  if (given) run();
})();
