// The page of a run in progress.
let arms = [], recent = [], samples = 1;
// What is shown below: two arms, and the problem that is the newest or was chosen. A chosen one stays when newer ones take its place.
const pick = { left: 0, right: 1, problem: null };
const keyOf = r => JSON.stringify([r.problem, r.sample]);
const unitOf = (r, arm) => r.units.find(([place]) => place === arm);

function course(arm) {
  const width = 150, height = 34, x = n => width * n / Math.max(arm.planned, 1), y = v => height - 2 - (height - 4) * v;
  const line = at => arm.course.map(p => `${x(p[0]).toFixed(1)},${y(p[at]).toFixed(1)}`);
  return svg("svg", { class: "course", viewBox: `0 0 ${width} ${height}`, "aria-hidden": "true" },
    svg("line", { class: "rule", x1: 0, x2: width, y1: height - 1, y2: height - 1 }),
    svg("polygon", { class: "band", points: [...line(2), ...line(3).reverse()].join(" ") }),
    svg("polyline", { class: "mean", points: line(1).join(" ") }));
}

function armRow(arm) {
  const flagged = n => el("td", { class: n > .02 * arm.finished ? "flag" : null }, count(n));
  const isControl = known(arm.controlOf);
  return el("tr", { class: isControl ? "control" : null },
    el("th", { scope: "row", title: arm.spec }, isControl ? "↳ " : "", breakable(arm.name), " ", el("small", {}, [isControl && `control of ${arms[arm.controlOf].name}`, arm.model && `on ${arm.model}`].filter(Boolean).join(" "))),
    el("td", {}, `${count(arm.finished)}/${count(arm.planned)}`, el("progress", { value: arm.finished, max: Math.max(arm.planned, 1), "aria-label": `Finished units of ${arm.name}` })),
    el("td", { title: arm.method && `${arm.method} interval` }, percent(arm.accuracy), el("small", {}, range(arm.low, arm.high, percent))),
    el("td", { class: "wide" }, known(arm.accuracy) ? accuracyBar({ ...arm, controlOf: isControl ? arm.controlOf : null }) : null),
    el("td", { class: "wide" }, arm.course.length > 1 ? course(arm) : null),
    el("td", {}, known(arm.perMinute) ? arm.perMinute.toFixed(1) : "–"), flagged(arm.truncated), flagged(arm.noAnswer), flagged(arm.errors));
}

function heading(run) {
  say("title", run.suite ?? run.name);
  say("subtitle", [run.model && `model ${run.model}`, run.problems && `problems ${run.problems}`, run.name, run.started && `started ${run.started}`, run.suite && plural(run.problemCount, "problem"), run.suite && plural(run.arms.length, "arm"),
    run.suite && `${plural(run.samples, "sample")} each`, run.changed && `last change ${run.changed}`].filter(Boolean).join(" · "));
  say("state", run.condition === "Unreadable" ? `The run cannot be read: ${run.state}` : `The run is ${run.state}${run.state.endsWith(".") ? "" : "."}`);
  say("damage", run.damage ?? "");
  document.title = `${run.planned ? `${Math.floor(100 * run.finished / run.planned)}% ` : ""}${run.suite ?? run.name}`;
  fill(byId("progress"), { value: String(run.finished), max: String(Math.max(run.planned, 1)) }, []);
}

function figures(run) {
  const pairs = [["units", `${count(run.finished)} of ${count(run.planned)}`], ["units per minute", known(run.perMinute) ? run.perMinute.toFixed(1) : "–"],
    ["time left", known(run.secondsLeft) ? `about ${duration(run.secondsLeft)}` : "–"], ["units at a time", run.activity ? count(run.activity.workers.reduce((sum, worker) => sum + worker.inProgress, 0)) : known(run.atOnce) ? `about ${Math.max(1, Math.round(run.atOnce))}` : "–"],
    ["cut", count(run.truncated)], ["errors", count(run.errors)]];
  byId("figures").replaceChildren(...pairs.map(([name, value]) => el("div", {}, el("dt", {}, name), el("dd", { class: name === "errors" && run.errors ? "flag" : null }, value))));
}

// A list that is open for a choice is left alone.
function choose(id, pairs, value) {
  const select = byId(id);
  if (document.activeElement === select) return;
  redraw(id, pairs, () => options(select, pairs));
  select.value = value;
}

function transcripts() {
  const isSame = r => pick.problem && keyOf(r) === keyOf(pick.problem);
  const newest = recent.find(r => unitOf(r, pick.left) && unitOf(r, pick.right)) ?? recent[0] ?? null;
  pick.problem = byId("follow").checked ? newest : recent.find(isSame) ?? pick.problem ?? newest;
  const shown = pick.problem, list = shown && !recent.some(isSame) ? [...recent, shown] : recent;
  const names = arms.map((arm, i) => [String(i), arm.name]), sampleOf = r => samples > 1 ? `, sample ${r.sample}` : "";
  choose("left", names, String(pick.left));
  choose("right", names, String(pick.right));
  choose("problem", list.map(r => [keyOf(r), `${r.problem}${sampleOf(r)}: ${r.units.map(u => STATUSES[u[1]].glyph).join(" ")}`]), shown && keyOf(shown));
  const places = arms.length > 1 ? [pick.left, pick.right] : [pick.left];
  redraw("sides", [shown?.problem, shown?.sample, places, places.map(place => shown && unitOf(shown, place))], () => drawSides(shown, places));
}

// Answers may arrive in another order than they were asked for; only those to the last question are shown.
let asked = 0;
async function drawSides(shown, places) {
  const turn = ++asked;
  const units = await Promise.all(places.map(place => shown && unitOf(shown, place) ? unitText(shown, place) : null));
  if (turn !== asked) return;
  byId("detail-text").textContent = units.find(unit => unit?.question)?.question ?? "";
  const gold = units.find(Boolean)?.gold;
  byId("detail-gold").replaceChildren(...(gold === undefined ? [] : ["Reference answer ", el("b", {}, gold)]));
  [...byId("detail-sides").children].forEach((node, i) => {
    node.hidden = i >= places.length;
    node.replaceChildren(...(i < places.length ? side(units[i], places[i]) : []));
  });
}

async function unitText(shown, place) {
  const query = new URLSearchParams({ problem: shown.problem, sample: String(shown.sample), arm: arms[place].name });
  try {
    const answer = await fetch(`${facts.address}unit?${query}`);
    return answer.ok ? await answer.json() : { missing: await answer.text() };
  } catch {
    return { missing: "The page has no connection to `cogtools view`." };
  }
}

function side(unit, place) {
  const name = el("h3", {}, arms[place]?.name ?? "");
  if (!unit) return [name, el("p", { class: "soft" }, recent.length ? "This arm has not finished the problem." : "No unit is finished.")];
  const status = STATUSES[unit.status];
  const parts = status ? [el("p", {}, el("span", { class: `verdict ${status.key}` }, `${status.glyph} ${status.label}`), known(unit.answer) ? `, answer ${unit.answer}` : ""),
    el("p", { class: "facts" }, `${cost(unit.positions)} positions, ${seconds(unit.seconds)} s`), unit.error ? el("pre", { tabindex: 0 }, unit.error) : null] : [];
  try {
    return [name, ...parts.filter(Boolean), ...(unit.trace ? traceView(unit.trace) : [el("p", { class: "soft" }, unit.missing)])];
  } catch {
    return [name, ...parts.filter(Boolean), el("p", { class: "soft" }, "This transcript has steps that the page cannot draw. `cogtools run replay` says what is wrong with it.")];
  }
}

function show(run) {
  if (run.hasReport) return location.reload(); // the server now answers with the report
  if (arms.length && run.arms.length !== arms.length) Object.assign(pick, { left: 0, right: 1 });
  [arms, recent, samples] = [run.arms, run.recent, run.samples];
  if (pick.right >= arms.length) pick.right = Math.max(0, arms.length - 1);
  redraw("heading", { ...run, arms: run.arms.map(arm => arm.name), recent: null, activity: run.activity?.workers }, () => { heading(run); figures(run); });
  redraw("arms", run.arms, () => byId("arms").tBodies[0].replaceChildren(...run.arms.map(armRow)));
  redraw("errors", run.newestErrors, () => byId("errors").replaceChildren(...(run.newestErrors.length
    ? run.newestErrors.map(e => el("li", {}, el("b", {}, `${e.arm}, ${e.problem}${samples > 1 ? `, sample ${e.sample}` : ""}`), `, ${e.finished}: ${e.text}`))
    : [el("li", {}, "None.")])));
  showNow(run.activity ?? null);
  transcripts();
}

byId("report").href = `${facts.address}report`;
byId("all-runs").hidden = !facts.hasList;
byId("arms").tHead.rows[0].append(...["arm", "units", "accuracy, %", "0 … 100", "as units finish", "per minute", "cut", "no answer", "errors"].map((head, i) =>
  el("th", { scope: "col", class: i === 3 || i === 4 ? "wide" : null }, i === 3 || i === 4 ? el("small", {}, head) : head)));
for (const id of ["left", "right"]) byId(id).addEventListener("change", event => { pick[id] = Number(event.target.value); transcripts(); });
byId("problem").addEventListener("change", event => {
  pick.problem = recent.find(r => keyOf(r) === event.target.value) ?? pick.problem;
  byId("follow").checked = false;
  transcripts();
});
byId("follow").addEventListener("change", transcripts);
listen(show);
