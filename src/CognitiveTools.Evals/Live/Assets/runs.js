// The list of runs. A row is kept and filled again when its run changed, so the focus stays where it is.
const rows = new Map();

function fillRow(row, run) {
  const href = `/runs/${encodeURIComponent(run.name)}/`;
  const link = row.querySelector("a") ?? el("a", { href }), focused = document.activeElement === link;
  const name = el("th", { scope: "row" }, link, " ", el("small", {}, [run.suite, run.model && `on ${run.model}`].filter(Boolean).join(" ")));
  if (link.textContent !== run.name) link.replaceChildren(...breakable(run.name));
  const bar = el("progress", { value: run.finished, max: Math.max(run.planned, 1), "aria-label": "Finished units" });
  row.replaceChildren(name, ...(run.condition === "Unreadable"
    ? [el("td", { class: "flag", colspan: 5 }, `cannot be read: ${run.state}`)]
    : [el("td", {}, run.condition.toLowerCase()), el("td", {}, `${count(run.finished)}/${count(run.planned)}`, bar), el("td", {}, count(run.truncated)),
      el("td", { class: run.errors ? "flag" : null }, count(run.errors)), el("td", {}, run.changed)]));
  if (focused) link.focus();
}

listen(runs => {
  const running = runs.filter(run => run.condition === "Running").length;
  say("summary", runs.length ? `${plural(runs.length, "run")}, ${count(running)} running` : "There is no run yet. A run appears here when `cogtools eval` has begun it.");
  const body = byId("runs").tBodies[0];
  for (const [name, row] of rows) if (!runs.some(run => run.name === name)) { row.remove(); rows.delete(name); }
  runs.forEach((run, i) => {
    if (!rows.has(run.name)) rows.set(run.name, el("tr"));
    const row = rows.get(run.name);
    redraw(`run ${run.name}`, run, () => fillRow(row, run));
    if (body.children[i] !== row) body.insertBefore(row, body.children[i] ?? null);
  });
});
