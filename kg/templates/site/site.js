"use strict";
// What makes the pages handier; all of it works without but the search in files.
(() => {
  const body = document.body;
  const language = body.dataset.language === "en" ? 1 : 0;

  // names, compared as kg.search compares them

  const fold = (text) => {
    let plain = text.normalize("NFC").toLowerCase();
    plain = plain.replace(/ß/g, "ss").replace(/ä/g, "ae").replace(/ö/g, "oe").replace(/ü/g, "ue");
    plain = plain.normalize("NFKD").replace(/\p{M}/gu, "");
    plain = plain.replace(/ae/g, "a").replace(/oe/g, "o").replace(/ue/g, "u");
    return plain.replace(/[^\p{L}\p{N}]+/gu, " ").trim();
  };

  // How many letters lie between two words, at most 3 (Levenshtein).
  const distance = (a, b) => {
    if (Math.abs(a.length - b.length) > 2) return 3;
    let last = Array.from({ length: b.length + 1 }, (_, i) => i);
    for (let i = 1; i <= a.length; i++) {
      const row = [i];
      for (let j = 1; j <= b.length; j++) {
        row[j] = Math.min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1));
      }
      last = row;
    }
    return Math.min(3, last[b.length]);
  };

  const near = (word, words) => words.some((other) => {
    const most = word.length > 6 ? 2 : word.length > 3 ? 1 : 0;
    return distance(word, other) <= most || (word.length > 4 && distance(word, other.slice(0, word.length)) <= most);
  });

  const score = (wanted, name) => {
    if (wanted === name) return 100;
    if (name.startsWith(wanted + " ")) return 95;
    if (name.startsWith(wanted)) return 92;
    if (` ${name} `.includes(` ${wanted} `)) return 90;
    if (` ${name}`.includes(` ${wanted}`) || (wanted.length >= 4 && name.includes(wanted))) return 85;
    const words = name.split(" ");
    return wanted.split(" ").every((word) => words.some((w) => w.startsWith(word)) || near(word, words)) ? 75 : 0;
  };

  let loading = null;
  const names = () => {
    loading ??= new Promise((resolve, reject) => {
      const script = document.createElement("script");
      script.src = body.dataset.names;
      script.onload = () => resolve(window.akteursnetz);
      script.onerror = reject;
      document.head.append(script);
    });
    return loading;
  };

  const searchFiles = async (text, limit) => {
    const wanted = fold(text);
    if (!wanted) return [];
    const { classes, entries } = await names();
    const found = [];
    for (const [file, type, folded, ...labels] of entries) {
      let best = 0;
      for (const name of folded.split("|")) best = Math.max(best, score(wanted, name));
      if (best) {
        const label = labels[Math.min(language, labels.length - 1)];
        const href = body.dataset.base + (language ? "en/" : "") + file;
        found.push({ best, label, type: classes[type][language], href });
      }
    }
    found.sort((a, b) => b.best - a.best || a.label.length - b.label.length || (a.href < b.href ? -1 : 1));
    return found.slice(0, limit);
  };

  const searchServer = async (text) => {
    const spoken = language ? "en" : "de";
    const query = new URLSearchParams({ q: text, language: spoken });
    const answer = await fetch(`${body.dataset.complete}?${query}`);
    return answer.ok ? answer.json() : [];
  };

  const search = (text, limit) => (body.dataset.names ? searchFiles(text, limit) : searchServer(text));

  // suggestions below a field

  const element = (name, text, attributes = {}) => {
    const made = document.createElement(name);
    made.textContent = text;
    for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
    return made;
  };

  const suggest = (input) => {
    const list = element("ul", "", { class: "suggestions", role: "listbox", id: `${input.id}-list`, "aria-label": input.labels[0].textContent.trim() });
    list.hidden = true;
    input.after(list);
    for (const [key, value] of [["role", "combobox"], ["aria-expanded", "false"], ["aria-controls", list.id], ["aria-autocomplete", "list"]]) input.setAttribute(key, value);
    let hits = [], chosen = -1, asked = 0, timer = 0;

    const close = () => {
      asked++;
      list.hidden = true;
      chosen = -1;
      input.setAttribute("aria-expanded", "false");
      input.removeAttribute("aria-activedescendant");
    };
    const take = (hit) => {
      close();
      if (input.dataset.suggest === "go") location.href = hit.href;
      else input.value = hit.fill;
    };
    const show = (found) => {
      hits = found;
      list.replaceChildren(...hits.map((hit, place) => {
        const option = element("li", "", { role: "option", id: `${list.id}-${place}`, "aria-selected": "false" });
        option.append(element("bdi", hit.label), element("small", hit.type));
        option.addEventListener("mousedown", (event) => { event.preventDefault(); take(hit); });
        return option;
      }));
      list.hidden = hits.length === 0;
      chosen = -1;
      input.setAttribute("aria-expanded", String(!list.hidden));
      input.removeAttribute("aria-activedescendant");
    };
    const choose = (place) => {
      [...list.children].forEach((option, i) => option.setAttribute("aria-selected", String(i === place)));
      chosen = place;
      if (place < 0) input.removeAttribute("aria-activedescendant");
      else {
        input.setAttribute("aria-activedescendant", `${list.id}-${place}`);
        list.children[place].scrollIntoView({ block: "nearest" });
      }
    };
    input.addEventListener("input", () => {
      const mine = ++asked;
      clearTimeout(timer);
      timer = setTimeout(async () => {
        try {
          const found = input.value.trim() ? await search(input.value, 10) : [];
          if (mine === asked) show(found);
        } catch { close(); }
      }, 90);
    });
    input.addEventListener("keydown", (event) => {
      if (event.key === "Escape") { if (!list.hidden) { event.preventDefault(); close(); } return; }
      if (list.hidden) return;
      if (event.key === "ArrowDown" || event.key === "ArrowUp") {
        event.preventDefault();
        const step = event.key === "ArrowDown" ? 1 : -1;
        choose(Math.min(hits.length - 1, Math.max(-1, chosen + step)));
      } else if (event.key === "Enter" && chosen >= 0) {
        event.preventDefault();
        take(hits[chosen]);
      }
    });
    input.addEventListener("blur", close);
  };
  document.querySelectorAll("input[data-suggest]").forEach(suggest);

  // the page of results, where pages are files

  const results = document.getElementById("results");
  if (results) {
    const text = (new URLSearchParams(location.search).get("q") ?? "").slice(0, 200).trim();
    document.getElementById("q").value = text;
    if (text) searchFiles(text, 100).then((found) => {
      const { none, one, many } = results.dataset;
      const line = found.length === 0 ? none : found.length === 1 ? one : many;
      const list = element("ul", "", { class: "hits" });
      list.append(...found.map((hit) => {
        const item = document.createElement("li");
        const link = element("a", "", { href: hit.href });
        link.append(element("bdi", hit.label));
        item.append(link, " ", element("span", hit.type, { class: "quiet" }));
        return item;
      }));
      results.replaceChildren(element("p", line.replace("{q}", () => text).replace("{n}", found.length)), list);
    });
  }

  // sorting and filtering, where a file has the whole table

  const table = document.querySelector("table[data-sort]");
  if (table) {
    const rows = [...table.tBodies[0].rows];
    const value = (row, place) => row.cells[place].dataset.value ?? row.cells[place].textContent.trim();
    const compare = (a, b) => {
      if (!a || !b) return (a ? 0 : 1) - (b ? 0 : 1);
      const [x, y] = [Number(a), Number(b)];
      if (!Number.isNaN(x) && !Number.isNaN(y)) return x - y;
      return a.localeCompare(b, language ? "en" : "de");
    };
    [...table.tHead.rows[0].cells].forEach((cell, place) => {
      const name = cell.textContent.trim();
      const button = element("button", name, { type: "button", title: table.dataset.sort.replace("{column}", () => name) });
      cell.replaceChildren(button);
      button.addEventListener("click", () => {
        const down = cell.getAttribute("aria-sort") === "ascending";
        for (const other of cell.parentNode.cells) other.removeAttribute("aria-sort");
        cell.setAttribute("aria-sort", down ? "descending" : "ascending");
        rows.sort((a, b) => compare(value(a, place), value(b, place)) * (down ? -1 : 1));
        table.tBodies[0].append(...rows);
      });
    });
    const form = document.querySelector("form[data-filter]");
    const count = document.getElementById("count");
    const all = count.textContent;
    form.hidden = false;
    form.addEventListener("submit", (event) => event.preventDefault());
    form.querySelector("input").addEventListener("input", (event) => {
      const wanted = fold(event.target.value);
      let shown = 0;
      for (const row of rows) {
        row.hidden = wanted !== "" && !fold(row.textContent).includes(wanted);
        shown += row.hidden ? 0 : 1;
      }
      count.textContent = wanted ? count.dataset.all.replace("{n}", shown) : all;
    });
  }

  // copying

  for (const button of document.querySelectorAll("button[data-copy]")) {
    if (!navigator.clipboard) continue;
    button.hidden = false;
    button.addEventListener("click", async () => {
      await navigator.clipboard.writeText(document.getElementById(button.dataset.copy).textContent);
      button.textContent = button.dataset.done;
    });
  }
})();
