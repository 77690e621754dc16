// Puts the page together.
function on(id, event, handler) { byId(id).addEventListener(event, handler); }

function choosePair(a, b) {
  [pair.a, pair.b] = [a, b];
  byId("pair-a").value = a;
  byId("pair-b").value = b;
  fillFlipFilter();
  changed();
}

function pageKey(event) {
  const typing = event.target.matches("input, select, textarea"), plain = !event.ctrlKey && !event.metaKey && !event.altKey;
  if (!plain || typing) return;
  if (byId("detail").open) {
    if (event.key === "ArrowLeft") stepProblem(-1);
    else if (event.key === "ArrowRight") stepProblem(1);
    else return;
  } else if (event.key === "/") byId("f-text").focus();
  else if (event.key === "g") { byId("grid").scrollIntoView({ block: "center" }); moveTo(active.row, active.column); }
  else return;
  event.preventDefault();
}

function wire() {
  for (const id of ["pair-a", "pair-b"]) {
    options(byId(id), arms.map((a, i) => [i, a.name]));
    on(id, "change", () => choosePair(Number(byId("pair-a").value), Number(byId("pair-b").value)));
  }
  on("pair-swap", "click", () => choosePair(pair.b, pair.a));
  on("filters", "input", changed);
  on("filters", "submit", event => event.preventDefault());
  on("filters", "reset", () => setTimeout(changed));
  on("strip", "click", stripClick);
  on("grid", "keydown", gridKey);
  on("grid", "click", gridClick);
  on("grid", "scroll", () => requestAnimationFrame(drawRows));
  on("detail-close", "click", () => byId("detail").close());
  on("detail-prev", "click", () => stepProblem(-1));
  on("detail-next", "click", () => stepProblem(1));
  on("detail", "close", () => moveTo(active.row, active.column));
  on("theme", "change", () => { document.documentElement.style.colorScheme = byId("theme").value; strip(); });
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", strip);
  addEventListener("resize", () => requestAnimationFrame(() => { strip(); drawRows(); plot(); curves(); }));
  document.addEventListener("keydown", pageKey);
  options(byId("measure"), Object.entries(MEASURES).filter(([key]) => key !== "calls" || data.calls.length).filter(([key]) => key !== "thoughts" || units.thoughts.some(Boolean)).filter(([key]) => key !== "thinking" || units.thinking.some(Boolean)).map(([key, m]) => [key, m.label]));
  on("measure", "change", histograms);
  options(byId("groups-by"), data.groups.map((g, i) => [i, g.by]));
  on("groups-by", "change", groups);
}

heading();
armsTable();
publishedTable();
fillFilters();
gridHead();
wire();
choosePair(pair.a, pair.b);
plot();
curves();
document.documentElement.dataset.ready = Math.round(performance.now());

// What stands further down is drawn once the top can be read.
setTimeout(() => {
  histograms();
  votes();
  groups();
  document.documentElement.dataset.complete = Math.round(performance.now());
});
