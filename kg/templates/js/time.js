// ---- time: one year at a time, from the four bounds of each statement (docs/time.md) ----

let firstYear = 0;
let lastYear = 0;
let playing = 0;

function startTime() {
  const years = data.bounds.flat().filter((day) => day).map((day) => Math.floor(day / 10000));
  byId("time").hidden = !years.length;
  if (!years.length) return;
  // A few years cover nearly all; what lies before or after them counts at their ends.
  years.sort((a, b) => a - b);
  firstYear = Math.max(years[0], years[Math.floor(years.length / 50)] - 1);
  lastYear = years[years.length - 1];
  const range = byId("year");
  range.min = firstYear;
  range.max = lastYear;
  range.value = lastYear;
  range.addEventListener("input", () => setYear(Number(range.value)));
  byId("time-on").addEventListener("change", (event) => {
    const on = event.target.checked;
    pause();
    setYear(on ? Number(range.value) : null);
  });
  byId("play").addEventListener("click", () => (playing ? pause() : play()));
  byId("only-certain").addEventListener("change", (event) => {
    state.onlyCertain = event.target.checked;
    setYear(state.year === null ? Number(range.value) : state.year);
  });
}

function setYear(year) {
  state.year = year;
  drawNetwork();
  drawTime();
  drawLegend();
  drawPanel();
  if (state.view !== "net") drawTable();
}

function play() {
  if (state.year === null || state.year >= lastYear) setYear(firstYear);
  playing = window.setInterval(() => {
    if (state.year === null || state.year >= lastYear) pause();
    else setYear(state.year + 1);
  }, 900);
  drawTime();
}

function pause() {
  window.clearInterval(playing);
  playing = 0;
  drawTime();
}

function drawTime() {
  const on = state.year !== null;
  byId("time-on").checked = on;
  byId("only-certain").checked = state.onlyCertain;
  if (on) byId("year").value = state.year;
  byId("year").setAttribute("aria-valuetext", on ? String(state.year) : word("timeless"));
  byId("year-now").textContent = on ? String(state.year) : word("timeless");
  byId("play").textContent = playing ? "❚❚" : "▶";
  byId("play").setAttribute("aria-label", word(playing ? "pause" : "play"));
  byId("play").title = word(playing ? "pause" : "play");
}
