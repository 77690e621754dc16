// What the workers do now: a line for each, and the text of units in progress side by side, arms of one problem next to each other.
const unitKey = unit => JSON.stringify([unit.problem, unit.sample, unit.arm]);
const partNames = { Said: "said", Thought: "thought", Called: "called", Latent: "thought" };

function partNode(part) {
  const who = known(part.sample) ? `sample ${part.sample} ` : "";
  if (part.kind === "Latent") return el("p", { class: "facts" }, `${who}${plural(part.count, "latent step")}, no visible text`);
  const name = part.kind === "Said" ? who : `${who}${partNames[part.kind]}`;
  return [name ? el("p", { class: "facts" }, name) : null, el("pre", { class: partNames[part.kind] }, part.text)].filter(Boolean);
}

function unitNode(unit) {
  const stream = el("div", { class: "stream", tabindex: 0, role: "region", "aria-label": `Text of ${unit.arm}, ${unit.problem}` });
  const facts = el("p", { class: "facts" });
  const node = el("section", { class: "side" }, el("h3", {}, unit.arm), facts, stream);
  return Object.assign(node, { key: unitKey(unit), facts, stream });
}

// A reader at the end of a text stays at the end; one who scrolled back stays where he is.
function writeUnit(node, unit) {
  const { stream } = node, isAtEnd = stream.scrollHeight - stream.scrollTop - stream.clientHeight < 8;
  node.facts.textContent = `${unit.problem}${samples > 1 ? `, sample ${unit.sample}` : ""}, ${unit.seconds.toFixed(0)} s`;
  const before = unit.leftOut ? el("p", { class: "facts" }, `… ${plural(unit.leftOut, "character")} before`) : null;
  const parts = unit.parts.length ? unit.parts.map(partNode).flat() : [el("p", { class: "soft" }, "No text yet.")];
  const text = JSON.stringify([unit.leftOut, unit.parts]);
  if (node.text === text) return;
  node.text = text;
  stream.replaceChildren(...[before, ...parts].filter(Boolean));
  if (isAtEnd) stream.scrollTop = stream.scrollHeight;
}

function showNow(activity) {
  for (const id of ["now", "to-now"]) byId(id).hidden = !activity;
  if (!activity) return;
  redraw("workers", activity.workers, () => byId("workers").replaceChildren(...activity.workers.map(w =>
    el("li", {}, el("b", {}, breakable(w.name)), `: ${plural(w.inProgress, "unit")} in progress, ${count(w.finished)} finished`))));
  const place = unit => arms.findIndex(arm => arm.name === unit.arm);
  const units = [...activity.units].sort((a, b) => a.problem < b.problem ? -1 : a.problem > b.problem ? 1 : a.sample - b.sample || place(a) - place(b));
  const old = new Map([...byId("units").children].map(node => [node.key, node]));
  const nodes = units.map(unit => old.get(unitKey(unit)) ?? unitNode(unit));
  // Moving a node loses its place in the text, so nodes move only when others come or go.
  const tops = nodes.map(node => node.stream.scrollTop);
  if (nodes.length !== old.size || nodes.some((node, i) => node !== byId("units").children[i])) {
    byId("units").replaceChildren(...nodes);
    nodes.forEach((node, i) => { node.stream.scrollTop = tops[i]; });
  }
  nodes.forEach((node, i) => writeUnit(node, units[i]));
  const total = activity.workers.reduce((sum, worker) => sum + worker.inProgress, 0);
  say("more-units", total > units.length ? `${plural(total - units.length, "more unit")} in progress.` : "");
}
