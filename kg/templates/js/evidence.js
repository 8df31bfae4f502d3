// ---- evidence: a statement with its passage, source, contradictions and citation ----

function statementArticle(s) {
  const statement = statementOf(s);
  const about = statement.says ? [make("p", { class: "says" }, foreign(saysText(statement)))] : [];
  return make("article", {}, ...about, ...evidence(statement), ...contradictions(statement),
    make("dl", {}, ...details(statement)), ...citationButton(statement));
}

/** What a statement is about, where that is not what its edge says. */
const saysText = ({ says }) => `${says.subject} → ${says[state.language]} → ${says.object}`;

const quotes = (statement) => statement.support === "cited"
  ? []
  : statement.evidence.filter(({ quote }) => quote).map(({ quote }) => word("quoted")(quote));

function evidence(statement) {
  if (!quotes(statement).length) return [make("p", { class: "cited", text: word("cited") })];
  return statement.evidence.filter(({ quote }) => quote).map(passage);
}

/** A quote, marked within its passage where the page has the text around it. */
function passage({ quote, before, after }) {
  if (before === undefined) return make("blockquote", {}, foreign(word("quoted")(quote)));
  return make("blockquote", { dir: "auto" }, foreign(before, "span"), foreign(quote, "mark"),
    foreign(after, "span"));
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

/** What contradicts a statement: both sides, which is newer, and what a person decided. */
function contradictions(statement) {
  return (later().conflictsOf.get(statement.id) || []).map((conflict) =>
    make("div", { class: "conflict" },
      make("strong", { text: `${word("conflict")} (${translated(`conflict_${conflict.kind}`)})` }),
      make("ul", {}, ...conflict.sides.map((side, n) => make("li", {},
        make("span", {}, foreign(translatedSide(side.says)),
          conflict.newer === n ? ` – ${word("newer")}` : "")))),
      conflict.verdict
        ? make("p", {}, `${word("verdict")}: `, foreign(conflict.verdict)) : ""));
}

const translatedSide = (says) => ({ asserted: word("stated"), denied: word("denied") })[says] || says;

function citationButton(statement) {
  const { citation, id } = statement;
  if (!citation) return [];
  const text = id ? `${citation} [${later().base}${id}]` : citation;
  const button = make("button", { type: "button", class: "copy", text: word("copy") });
  const told = make("span", { role: "status" });
  button.addEventListener("click", async () => {
    await copyText(text);
    told.textContent = ` ${word("copied")}`;
  });
  return [make("p", {}, button, told)];
}

async function copyText(text) {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    // Files are no secure place in every browser; this way is old, but works there.
    const field = make("textarea", { class: "unseen", "aria-hidden": "true" });
    field.value = text;
    document.body.append(field);
    field.select();
    document.execCommand("copy");
    field.remove();
  }
}
