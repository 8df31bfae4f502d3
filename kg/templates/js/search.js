// ---- search ----

const MOST_FOUND = 12;
let found = [];
let active = -1;
let namesToFind = null;

function names() {
  namesToFind = namesToFind || byDegree.flatMap((i) =>
    [...new Set(namesOf(i))].map((name) => ({ name, i, folded: folded(name) })));
  return namesToFind;
}

/** Names that begin with the text first, then those with a word that does, then the rest. */
function find(text) {
  const wanted = folded(text.trim());
  if (!wanted) return [];
  const ranks = [[], [], [], []];
  for (const each of names()) {
    const at = each.folded.indexOf(wanted);
    if (at < 0) continue;
    const rank = each.folded === wanted ? 0 : at === 0 ? 1 : each.folded.includes(` ${wanted}`) ? 2 : 3;
    ranks[rank].push(each);
  }
  const sort = (some) => some.sort((a, b) => a.name.length - b.name.length || (a.folded < b.folded ? -1 : 1));
  return ranks.flatMap(sort).slice(0, MOST_FOUND);
}

function drawFound() {
  const input = byId("search");
  const list = byId("found");
  const asked = input.value.trim() !== "" && document.activeElement === input;
  list.hidden = !asked;
  input.setAttribute("aria-expanded", String(asked));
  list.replaceChildren(...found.map(foundItem));
  if (asked && !found.length) {
    list.append(make("li", { role: "option", "aria-disabled": "true", "aria-selected": "false",
      class: "nothing", text: word("nothingFound") }));
  }
  if (active >= 0) input.setAttribute("aria-activedescendant", `found-${active}`);
  else input.removeAttribute("aria-activedescendant");
}

function foundItem({ name, i }, n) {
  const more = [name === labelOf(i) ? null : labelOf(i), typeName(typeOf(i))];
  return make("li",
    { role: "option", id: `found-${n}`, "aria-selected": String(n === active), onclick: () => take(n) },
    foreign(name),
    make("small", {}, foreign(more.filter((text) => text).join(" · "))));
}

function take(n) {
  const { i } = found[n];
  byId("search").value = "";
  closeFound();
  showView("net");
  jumpTo(i);
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
