// Heading, warnings and Table 1.
function heading() {
  byId("title").textContent = data.run.name;
  const missing = data.run.planned - U;
  byId("subtitle").textContent = [data.run.model && `model ${data.run.model}`, data.run.problems && `problems ${data.run.problems}`, data.run.id, data.run.started, plural(P, "problem"), plural(A, "arm"),
    `${plural(data.samples, "sample")} each`, `${plural(U, "unit")}${missing > 0 ? ` of ${count(data.run.planned)}` : ""}`].filter(Boolean).join(" · ");
  byId("finding").textContent = data.finding;
  // One line each; what it hides is one click away.
  const box = (kind, title, lines) => lines.length === 0 ? [] : lines.length === 1
    ? [el("p", { class: kind }, el("b", {}, `${title}: `), lines[0])]
    : [el("details", { class: kind }, el("summary", {}, el("b", {}, `${plural(lines.length, title.toLowerCase())}: `), lines[0]), el("ul", {}, lines.slice(1).map(l => el("li", {}, l))))];
  byId("warnings").append(...box("alert", "Warning", data.warnings), ...box("remark", "Note", data.contamination));
  const list = (id, pairs) => byId(id).append(...pairs.flatMap(([key, value]) => [el("dt", {}, key), el("dd", {}, value)]));
  list("term-list", data.terms);
  list("arm-list", arms.map(arm => [arm.name, [arm.spec, arm.model && `on ${arm.model}`, arm.controlOf !== null && `control of ${arms[arm.controlOf].name}`].filter(Boolean).join(", ")]));
  list("facts", data.facts);
  byId("transcripts-note").textContent = data.transcripts.note;
  byId("power").hidden = data.power.length === 0;
  byId("power").querySelector("ul").append(...data.power.map(line => el("li", {}, line)));
}

function armRow(arm, index) {
  const flagged = (n, most) => el("td", { class: n > most * arm.units ? "flag" : null }, count(n));
  const versus = arm.comparison;
  const indent = arm.depth > 0 ? "  ".repeat(arm.depth - 1) + "↳ " : "";
  return el("tr", { class: arm.controlOf !== null ? "control" : index === data.baseline ? "baseline" : null },
    el("th", { scope: "row", title: arm.spec }, indent, breakable(arm.name), " ", el("small", {},
      [arm.controlOf !== null ? "control" : index === data.baseline ? "baseline" : null, arm.model && `on ${arm.model.replaceAll("+", "\u200b+")}`].filter(Boolean).join(" "))),
    el("td", { title: arm.method && `${arm.method} interval` }, percent(arm.accuracy), el("small", {}, range(arm.low, arm.high, percent))),
    el("td", { class: "wide" }, known(arm.accuracy) ? accuracyBar(arm) : null),
    data.samples > 1 ? el("td", {}, known(arm.samplingError) ? `±${percent(arm.samplingError)}` : "–") : null,
    el("td", {}, versus ? signed(versus.difference) : "–", el("small", {}, versus ? range(versus.low, versus.high, signed) : "")),
    el("td", { class: "wide", title: versus && versus.test }, pValue(versus?.p)), el("td", {}, pValue(versus?.holm)),
    el("td", {}, arm.units ? cost(arm.positions) : "–"), el("td", {}, arm.units ? cost(arm.visible) : "–"), hasThinking ? el("td", {}, arm.units ? cost(arm.thinking) : "–") : null, el("td", {}, seconds(arm.seconds)),
    flagged(arm.truncated, .02), flagged(arm.noAnswer, Infinity), flagged(arm.errors, .02), flagged(arm.conflicts, 0));
}

const hasThinking = units.thinking.some(Boolean);

function armsTable() {
  const heads = ["arm", "accuracy, %", "", ...(data.samples > 1 ? ["± new runs"] : []), "difference, points", "p", "p, Holm",
    "posi\u00adtions", "visible tokens", ...(hasThinking ? ["thought tokens"] : []), "sec\u00adonds", "cut", "no answer", "errors", "con\u00adflicts"];
  byId("arms").append(
    el("thead", {}, el("tr", {}, heads.map(h => el("th", { scope: "col", class: !h || h === "p" ? "wide" : null }, h || el("small", {}, "0 … 100"))))),
    el("tbody", {}, arms.map(armRow)));
  const baseline = arms[data.baseline]?.name ?? "none";
  byId("arms-caption").textContent = `Accuracy is correct over all samples (${count(data.samples)} per problem), with its 95% interval over problems below. `
    + `Differences are paired by problem against ${baseline}, controls (↳) against the arm above them; p-values are two-sided, Holm's correction runs over each family. `
    + `Positions, visible tokens${hasThinking ? ", thought tokens" : ""} and seconds are medians per sample; cut, no answer, errors and conflicts count samples, coloured beyond 2% (conflicts: beyond none).`
    + (data.samples > 1 ? " “± new runs” is the standard error that repeating the run on the same problems would show." : "");
}
