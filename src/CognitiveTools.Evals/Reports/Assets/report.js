"use strict";
// Everything shown comes from the two data blocks above; nothing is fetched.
const data = JSON.parse(document.getElementById("data").textContent);
const STATUS = ["correct", "incorrect", "no_answer", "truncated", "error"];
const PAGE = 50;
const byId = id => document.getElementById(id);

function el(tag, props = {}, ...children) {
  const node = tag === "svg" || SVG.has(tag) ? document.createElementNS("http://www.w3.org/2000/svg", tag) : document.createElement(tag);
  for (const [key, value] of Object.entries(props)) {
    if (key.startsWith("on")) node.addEventListener(key.slice(2), value);
    else if (value !== null && value !== undefined) node.setAttribute(key, value);
  }
  node.append(...children.filter(c => c !== null && c !== undefined));
  return node;
}
const SVG = new Set(["line", "circle", "text", "rect", "g", "path"]);
const percent = x => x === null || x === undefined || Number.isNaN(x) ? "–" : (100 * x).toFixed(1);
const signed = x => x === null || x === undefined ? "–" : (x >= 0 ? "+" : "−") + (100 * Math.abs(x)).toFixed(1);
const pValue = p => p === null || p === undefined ? "–" : p < 0.001 ? "< 0.001" : p.toFixed(3);
const count = x => x === null || x === undefined ? "–" : Math.round(x).toLocaleString("en");

// Units grouped once: cells[problem][arm] = indices into data.units.
// A unit is [problem, arm, sample, status, answer, positions, visible, seconds, flags].
const cells = data.problems.map(() => data.arms.map(() => []));
data.units.forEach((u, i) => cells[u[0]][u[1]].push(i));
const share = indices => indices.length ? indices.filter(i => data.units[i][3] === 0).length / indices.length : null;

function header() {
  byId("title").textContent = data.run.name;
  byId("subtitle").textContent = `${data.run.id} · ${data.run.started} · ${count(data.units.length)} units, ${count(data.problems.length)} problems, ${data.arms.length} arms`;
  byId("warnings").append(...data.warnings.map(w => el("li", {}, w)));
  byId("power").textContent = data.power;
  for (const [key, value] of Object.entries(data.run.facts)) byId("facts").append(el("dt", {}, key), el("dd", {}, value));
  byId("legend").append(...STATUS.flatMap(s => [el("i", { class: s }), s.replace("_", " ")]));
}

function interval(arm) {
  const x = v => 2 + 116 * v;
  return el("svg", { class: "bar", viewBox: "0 0 120 10", "aria-hidden": "true" },
    el("line", { class: "axis", x1: 2, x2: 118, y1: 5, y2: 5 }),
    el("line", { x1: x(arm.low), x2: x(arm.high), y1: 5, y2: 5, stroke: "currentColor", "stroke-width": 2 }),
    el("circle", { cx: x(arm.accuracy), cy: 5, r: 3.5, fill: "var(--accent)" }));
}

function armsTable() {
  const heads = ["arm", "accuracy %", "", "95% interval", "vs", "difference", "p", "p (Holm)", "positions", "visible", "seconds", "truncated", "no answer", "errors", "units"];
  const body = data.arms.map(a => el("tr", { class: a.controlOf ? "control" : null },
    el("td", { title: a.spec }, a.name), el("td", {}, percent(a.accuracy)), el("td", {}, interval(a)),
    el("td", {}, `${percent(a.low)} – ${percent(a.high)}`), el("td", {}, a.comparedWith ?? "–"), el("td", {}, signed(a.difference)),
    el("td", {}, pValue(a.p)), el("td", {}, pValue(a.holm)), el("td", {}, count(a.positions)), el("td", {}, count(a.visible)),
    el("td", {}, a.seconds.toFixed(2)), el("td", {}, String(a.truncated)), el("td", {}, String(a.noAnswer)),
    el("td", {}, String(a.errors)), el("td", {}, String(a.units))));
  byId("arms").append(el("thead", {}, el("tr", {}, ...heads.map(h => el("th", { scope: "col" }, h)))), el("tbody", {}, ...body));
}

function plot() {
  const svg = byId("plot"), [left, right, top, bottom] = [46, 540, 12, 282];
  const means = data.arms.map((_, a) => {
    const own = data.units.filter(u => u[1] === a);
    return own.length ? own.reduce((s, u) => s + u[5], 0) / own.length : 0;
  });
  const shown = data.arms.map((a, i) => i).filter(i => means[i] > 0);
  if (!shown.length) return;
  const lo = Math.log10(Math.min(...shown.map(i => means[i]))) - .08, hi = Math.log10(Math.max(...shown.map(i => means[i]))) + .08;
  const x = v => left + (right - left) * (Math.log10(v) - lo) / Math.max(hi - lo, .2);
  const y = v => bottom - (bottom - top) * v;
  for (const v of [0, .25, .5, .75, 1])
    svg.append(el("line", { class: "axis", x1: left, x2: right, y1: y(v), y2: y(v) }), el("text", { class: "soft", x: left - 6, y: y(v) + 4, "text-anchor": "end" }, `${100 * v}%`));
  for (let e = Math.floor(lo); e <= Math.ceil(hi); e++)
    for (const m of [1, 2, 5]) {
      const v = m * 10 ** e;
      if (Math.log10(v) >= lo && x(v) <= right) svg.append(el("text", { class: "soft", x: x(v), y: bottom + 18, "text-anchor": "middle" }, count(v)));
    }
  const taken = [];
  for (const i of shown) {
    const a = data.arms[i], cx = x(means[i]), cy = y(a.accuracy);
    let ty = cy - 7;
    while (taken.some(t => Math.abs(t[0] - cx) < 70 && Math.abs(t[1] - ty) < 12)) ty -= 12;
    taken.push([cx, ty]);
    svg.append(el("line", { x1: cx, x2: cx, y1: y(a.low), y2: y(a.high), stroke: "var(--soft)" }),
      el("circle", { cx, cy, r: 4.5, fill: a.controlOf ? "var(--soft)" : "var(--accent)" }),
      el("text", { x: cx + 7, y: Math.max(ty, 10), "text-anchor": cx > right - 90 ? "end" : "start" }, a.name));
  }
}

function histograms() {
  const bins = 24, all = data.units.map(u => Math.log10(Math.max(u[5], 1)));
  const [lo, hi] = all.reduce(([a, b], v) => [Math.min(a, v), Math.max(b, v)], [Infinity, -Infinity]);
  data.arms.forEach((arm, a) => {
    const counts = new Array(bins).fill(0);
    for (const u of data.units) if (u[1] === a) counts[Math.min(bins - 1, Math.floor(bins * (Math.log10(Math.max(u[5], 1)) - lo) / Math.max(hi - lo, .01)))]++;
    const most = Math.max(...counts, 1);
    byId("histograms").append(el("div", { class: "hist" }, el("span", { title: arm.name }, arm.name),
      el("svg", { viewBox: "0 0 240 22", role: "img", "aria-label": `positions of ${arm.name}` },
        ...counts.map((c, i) => el("rect", { x: i * 10, width: 9, y: 22 - 22 * c / most, height: 22 * c / most, fill: "var(--accent)" })))));
  });
}

function flips() {
  const [a, b] = [Number(byId("flip-a").value), Number(byId("flip-b").value)];
  const kinds = { gained: [], lost: [], both: [], neither: [] };
  cells.forEach((row, p) => {
    const [x, y] = [share(row[a]), share(row[b])];
    if (x === null || y === null) return;
    const kind = x > .5 ? (y > .5 ? "both" : "lost") : (y > .5 ? "gained" : "neither");
    kinds[kind].push(p);
  });
  const box = (label, list) => el("div", {}, el("b", {}, String(list.length)), label, " ",
    ...list.slice(0, 12).map(p => el("button", { type: "button", onclick: () => detail(p, [a, b]) }, data.problems[p].id)),
    list.length > 12 ? ` and ${list.length - 12} more` : "");
  byId("flips").replaceChildren(el("div", { class: "flip" },
    box("right in both", kinds.both), box(`lost: right in ${data.arms[a].name} only`, kinds.lost),
    box(`gained: right in ${data.arms[b].name} only`, kinds.gained), box("wrong in both", kinds.neither)));
}

let page = 0;
function matching() {
  const text = byId("filter-text").value.toLowerCase(), status = byId("filter-status").value, split = byId("filter-split").checked;
  return data.problems.map((_, i) => i).filter(p => {
    const q = data.problems[p], row = cells[p];
    if (text && !`${q.id} ${q.topic ?? ""} ${q.text}`.toLowerCase().includes(text)) return false;
    if (status && !row.some(list => list.some(i => STATUS[data.units[i][3]] === status))) return false;
    if (split) {
      const shares = row.map(share).filter(v => v !== null);
      if (shares.every(v => v === shares[0])) return false;
    }
    return true;
  });
}

function grid() {
  const list = matching(), pages = Math.max(1, Math.ceil(list.length / PAGE));
  page = Math.min(Math.max(page, 0), pages - 1);
  byId("grid-count").textContent = `${count(list.length)} of ${count(data.problems.length)}, page ${page + 1} of ${pages}`;
  byId("prev").disabled = page === 0;
  byId("next").disabled = page === pages - 1;
  const head = el("tr", {}, ...["problem", "gold", ...data.arms.map(a => a.name)].map(h => el("th", { scope: "col" }, h)));
  const rows = list.slice(page * PAGE, (page + 1) * PAGE).map(p => el("tr", {},
    el("td", {}, el("button", { type: "button", onclick: () => detail(p) }, data.problems[p].id)),
    el("td", {}, data.problems[p].answer),
    ...cells[p].map(indices => el("td", {}, el("span", { class: "cell" }, ...indices.slice(0, 16).map(i => {
      const u = data.units[i];
      return el("i", { class: STATUS[u[3]], role: "img", "aria-label": STATUS[u[3]], title: `${STATUS[u[3]]}: ${u[4] ?? "no answer"}, ${count(u[5])} positions` });
    })))))); 
  byId("grid").replaceChildren(el("thead", {}, head), el("tbody", {}, ...rows));
}

// Transcripts of one problem travel gzipped, so that a large report opens without reading them.
async function transcripts(problem) {
  const block = byId(`t${problem}`);
  if (!block) return null;
  const bytes = Uint8Array.from(atob(block.textContent), c => c.charCodeAt(0));
  return await new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"))).json();
}

function stepView(step) {
  if (step.step === "said") return el("div", { class: "step" }, el("b", {}, "said"), el("pre", {}, step.text));
  if (step.step === "called") return el("div", { class: "step" }, el("b", {}, `called ${step.tool} → ${step.outcome}`),
    el("pre", {}, step.arguments), el("pre", {}, step.observation), step.notes?.length ? el("p", { class: "note" }, step.notes.join("; ")) : null);
  return el("div", { class: "step" }, el("b", {}, `thought ${step.index}: norm ${step.norm.toFixed(2)}, entropy ${step.entropy.toFixed(2)}, near `),
    step.nearest.map(t => `${JSON.stringify(t.text)} ${t.probability.toFixed(2)}`).join(", "));
}

function side(index, traces) {
  const u = data.units[index], trace = traces?.[`${u[1]}.${u[2]}`];
  const weight = s => s.step === "called" ? s.observation.length + s.arguments.length : s.step === "said" ? s.text.length : 12;
  return el("div", { class: "side" },
    el("h3", {}, `${data.arms[u[1]].name}, sample ${u[2]}: ${STATUS[u[3]].replace("_", " ")}${u[4] === null ? "" : `, answer ${u[4]}`}`),
    el("p", { class: "note" }, `${count(u[5])} positions, ${count(u[6])} visible tokens, ${u[7].toFixed(2)} s${u[8] ? ` · ${u[8]}` : ""}`),
    trace ? el("div", { class: "timeline", "aria-hidden": "true" }, ...trace.steps.map(s => el("i", { class: s.step, style: `flex-grow:${Math.max(1, weight(s))}`, title: s.step }))) : null,
    ...(trace ? trace.steps.map(stepView) : [el("p", { class: "note" }, "The transcript is in the run folder.")]),
    trace ? el("div", { class: "step" }, el("b", {}, `answer text (${trace.stop})`), el("pre", {}, trace.answer || "(empty)")) : null);
}

async function detail(problem, chosen) {
  const q = data.problems[problem];
  byId("detail-title").textContent = q.topic ? `${q.id} · ${q.topic}` : q.id;
  byId("detail-text").textContent = q.text;
  byId("detail-gold").textContent = `Gold answer: ${q.answer}`;
  const votes = data.arms.map((arm, a) => {
    const tally = new Map();
    for (const i of cells[problem][a]) tally.set(data.units[i][4] ?? "none", (tally.get(data.units[i][4] ?? "none") ?? 0) + 1);
    return `${arm.name}: ${[...tally].sort((x, y) => y[1] - x[1]).map(([v, n]) => n > 1 ? `${v} ×${n}` : v).join(", ") || "–"}`;
  });
  byId("detail-votes").replaceChildren(el("p", { class: "note" }, votes.join(" · ")));
  const traces = await transcripts(problem);
  const wanted = new Set(chosen ?? data.arms.map((_, a) => a).slice(0, 3));
  const draw = () => byId("detail-sides").replaceChildren(...[...wanted].sort((x, y) => x - y).flatMap(a => cells[problem][a].slice(0, 4).map(i => side(i, traces))));
  byId("detail-arms").replaceChildren(...data.arms.map((arm, a) => {
    const box = el("input", { type: "checkbox", onchange: e => { e.target.checked ? wanted.add(a) : wanted.delete(a); draw(); } });
    box.checked = wanted.has(a);
    return el("label", {}, box, ` ${arm.name}`);
  }));
  draw();
  if (!byId("detail").open) byId("detail").showModal();
}

function wire() {
  const options = data.arms.map((a, i) => [i, a.name]);
  for (const id of ["flip-a", "flip-b"]) {
    byId(id).append(...options.map(([v, t]) => el("option", { value: v }, t)));
    byId(id).addEventListener("change", flips);
  }
  const baseline = Math.max(0, data.arms.findIndex(a => a.name === data.baseline));
  byId("flip-a").value = baseline;
  byId("flip-b").value = data.arms.length > 1 ? (baseline === 0 ? 1 : 0) : 0;
  byId("filter-status").append(el("option", { value: "" }, "any"), ...STATUS.map(s => el("option", { value: s }, s.replace("_", " "))));
  for (const id of ["filter-text", "filter-status", "filter-split"])
    byId(id).addEventListener("input", () => { page = 0; grid(); });
  byId("prev").addEventListener("click", () => { page--; grid(); });
  byId("next").addEventListener("click", () => { page++; grid(); });
  document.addEventListener("keydown", e => {
    if (e.target.matches("input, select, textarea") || byId("detail").open) return;
    if (e.key === "n" && !byId("next").disabled) { page++; grid(); }
    if (e.key === "p" && !byId("prev").disabled) { page--; grid(); }
    if (e.key === "/") { e.preventDefault(); byId("filter-text").focus(); }
  });
}

header();
armsTable();
plot();
histograms();
wire();
flips();
grid();
document.documentElement.dataset.ready = "true";
