// Comunica as a peer: node comunica.cjs NODE_MODULES FILE LIMIT ROUNDS
// Says and reads the same as benchmarks/peers.py.
"use strict";
const fs = require("node:fs");
const { createRequire } = require("node:module");
const [, , modules, path, limit, rounds] = process.argv;
const { QueryEngine } = createRequire(`${modules}/`)("@comunica/query-sparql-rdfjs-lite");
const { Store, StreamParser } = createRequire(`${modules}/`)("n3");

const seconds = (began) => Number(process.hrtime.bigint() - began) / 1e9;
const say = (what) => fs.writeSync(1, JSON.stringify(what) + "\n");

async function loaded() {
  const store = new Store();
  const quads = fs.createReadStream(path).pipe(new StreamParser({ format: "N-Quads" }));
  await new Promise((done, failed) => store.import(quads).on("end", done).on("error", failed));
  return store;
}

/** The rows as CSV, as all other peers give them; null where time runs out. */
async function asked(engine, store, query) {
  const stream = await engine.queryBindings(query, { sources: [store] });
  return new Promise((done, failed) => {
    const lines = [];
    const timer = setTimeout(() => { stream.destroy(); done(null); }, limit * 1000);
    stream.on("data", (row) => lines.push([...row.values()].map((t) => JSON.stringify(t.value)).join()));
    stream.on("end", () => { clearTimeout(timer); done(lines.join("\n")); });
    stream.on("error", (error) => { clearTimeout(timer); failed(error); });
  });
}

async function median(engine, store, query) {
  const times = [];
  for (let i = 0; i < rounds; i++) {
    const began = process.hrtime.bigint();
    try {
      if ((await asked(engine, store, query)) === null) return "late";
    } catch {
      return null; // an engine that cannot answer is told as such
    }
    times.push(seconds(began));
    if (times.at(-1) > limit / rounds) break; // slow enough for one look
  }
  times.sort((a, b) => a - b);
  const middle = times.length >> 1;
  return times.length % 2 ? times[middle] : (times[middle - 1] + times[middle]) / 2;
}

(async () => {
  const began = process.hrtime.bigint();
  const [store, engine] = [await loaded(), new QueryEngine()];
  say({ loaded: seconds(began) });
  for (const [name, forms] of Object.entries(JSON.parse(fs.readFileSync(0, "utf8")))) {
    const found = [];
    for (const form of forms) found.push(await median(engine, store, form));
    const told = found.filter((t) => typeof t === "number");
    const late = told.length === 0 && found.includes("late");
    say({ name, seconds: told.length ? Math.min(...told) : null, late });
  }
  process.exit();
})();
