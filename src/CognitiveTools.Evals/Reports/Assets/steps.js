// A transcript as a timeline: said, called, thought, branch, answer.
const number = (x, digits) => Number.isFinite(Number(x)) ? Number(x).toFixed(digits) : String(x); // a diverging loop writes "NaN"
const block = text => el("pre", { tabindex: 0 }, text === "" ? "(empty)" : text);

function pretty(json) {
  try {
    const parsed = JSON.parse(json);
    return Object.entries(parsed).map(([key, value]) => `${key}: ${typeof value === "string" ? value : JSON.stringify(value)}`).join("\n");
  } catch {
    return json;
  }
}

function spent(usage) {
  if (!usage) return "";
  const total = ["prompt", "generated", "latent", "toolPrompt", "toolGenerated", "discarded"].reduce((sum, key) => sum + (usage[key] ?? 0), 0);
  if (usage.incomplete) return total > 0 ? `, at least ${count(total)} positions` : ", positions unknown";
  return total > 0 ? `, ${count(total)} positions` : "";
}

function thoughtsView(thoughts) {
  const indices = `${thoughts[0].index}${thoughts.length > 1 ? `–${thoughts[thoughts.length - 1].index}` : ""}`;
  return el("li", { class: "thought" }, el("h4", {}, `thought ${indices} `, el("span", {}, "no visible text; beside each, the prediction it was made from")),
    heatMap(thoughts),
    el("table", { class: "thoughts" },
      el("thead", {}, el("tr", {}, ["#", "fed in", "norm", "entropy", "most probable"].map(h => el("th", { scope: "col" }, h)))),
      el("tbody", {}, thoughts.map(t => el("tr", {}, el("td", {}, String(t.index)), el("td", {}, t.kind), el("td", {}, number(t.norm, 2)), el("td", {}, number(t.entropy, 2)),
        el("td", {}, t.nearest.map(({ text, probability }) => el("span", {}, el("code", {}, JSON.stringify(text).slice(1, -1)), ` ${number(probability, 2)}`)), Object.entries(t.readings ?? {}).map(([state, text]) => el("span", {}, el("code", {}, text), ` read from ${state}`))))))));
}

function calledView(step) {
  return el("li", { class: "called" }, el("h4", {}, `called ${step.tool} `, el("span", {}, `${step.outcome}${spent(step.usage)}`)),
    el("h5", {}, "asked"), block(pretty(step.arguments)), el("h5", {}, "returned"), block(step.observation),
    step.notes?.length ? el("h5", {}, step.notes.join("; ")) : null);
}

function branchView(step) {
  const about = [step.first && `from ${JSON.stringify(step.first.text)} ${number(step.first.probability, 2)}`, step.answer && `answer ${step.answer}`, step.confidence !== undefined && `confidence ${number(step.confidence, 2)}`];
  const sure = about.filter(Boolean).join(", ");
  return el("li", { class: "said" }, el("h4", {}, `branch ${step.index}${step.chosen ? ", chosen" : ""} `, el("span", {}, sure)), block(step.text));
}

const agreementView = step => el("li", { class: "thought" }, el("h4", {}, "greedy decoding ", el("span", {}, `${step.identical} of ${step.thoughts} tokens the same; spread ${number(step.spread, 2)}`)));

const views = { called: calledView, branch: branchView, agreement: agreementView, said: step => el("li", { class: "said" }, step.thoughts ? el("details", {}, el("summary", {}, `thought, ${count(step.thoughts.length)} characters`), block(step.thoughts)) : null,
  el("h4", {}, "said"), block(step.text)) };

function traceView(trace) {
  const length = s => s.step === "called" ? s.observation.length + s.arguments.length : s.step === "said" || s.step === "branch" ? s.text.length : 12;
  const items = [];
  let run = [];
  const flush = () => { if (run.length) items.push(thoughtsView(run)); run = []; };
  for (const step of trace.steps) {
    if (step.step === "thought") { run.push(step); continue; }
    flush();
    items.push(views[step.step](step));
  }
  flush();
  const last = trace.steps.findLast(step => step.step === "said" || step.step === "called"), same = last?.step === "said" && last.text === trace.answer;
  const ended = [trace.stop, ...(trace.notes ?? []), ...(same ? ["the answer is read from the text above"] : [])].join("; ");
  items.push(el("li", { class: "answer" }, el("h4", {}, "answer text ", el("span", {}, ended)), same ? null : block(trace.answer)));
  const strip = el("div", { class: "lengths", "aria-hidden": "true", title: "the steps by length of text" }, trace.steps.map(s => el("i", { class: s.step })));
  trace.steps.forEach((s, i) => { strip.children[i].style.flexGrow = Math.max(1, length(s)); });
  return [strip, el("ol", { class: "steps" }, items)];
}
