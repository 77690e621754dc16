// One problem: its text, the votes, and the transcripts of two samples side by side.
const shown = { problem: 0, sides: [{ arm: 0, sample: 0 }, { arm: 0, sample: 0 }] };

// Blocks are deflated one by one, a block holding one sample of a problem under all arms; only the wanted one is unpacked.
const blocks = new Map(data.transcripts.blocks.map(([p, s, start, length]) => [`${p}.${s}`, [start, length]]));
const loaded = new Promise(done => document.addEventListener("DOMContentLoaded", done));
let packed = null;
async function traceOf(u) {
  const block = blocks.get(`${units.problem[u]}.${units.sample[u]}`);
  if (!block) return null;
  await loaded;
  packed ??= byId("transcripts").textContent;
  const bytes = Uint8Array.from(atob(packed.substr(block[0], block[1])), c => c.charCodeAt(0));
  const traces = await new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate-raw"))).json();
  return traces[units.arm[u]] ?? null;
}

function ballots(p) {
  if (data.samples < 2) return [];
  return arms.map((arm, a) => {
    const gold = rightAnswers(p, a), votes = tally(p, a), most = votes[0]?.[1] ?? 1;
    return el("div", { class: "ballot" }, el("h3", {}, arm.name), el("ol", {}, votes.slice(0, 6).map(([answer, n]) =>
      el("li", { class: gold.has(answer) ? "gold" : null }, answer ?? "none", el("i", { "--share": n / most }), String(n)))),
      votes.length > 6 ? el("small", {}, `and ${plural(votes.length - 6, "other answer")}`) : null);
  });
}

async function drawSide(index) {
  const { arm, sample } = shown.sides[index], own = unitsOf(shown.problem, arm), node = byId("detail-sides").children[index];
  const u = own.find(x => units.sample[x] === sample) ?? own[0];
  const pick = (label, entries, value, apply) => {
    const select = el("select", { "aria-label": `${label} on the ${index ? "right" : "left"}`, onchange: e => { apply(Number(e.target.value)); drawSide(index); } });
    options(select, entries);
    select.value = value;
    return select;
  };
  const controls = el("div", { class: "controls" }, pick("Arm", arms.map((a, i) => [i, a.name]), arm, v => { shown.sides[index].arm = v; }),
    own.length > 1 ? pick("Sample", Array.from(own, x => [units.sample[x], `sample ${units.sample[x]}: ${STATUSES[units.status[x]].label}`]), u === undefined ? 0 : units.sample[u],
      v => { shown.sides[index].sample = v; }) : null);
  const focused = node.contains(document.activeElement) ? document.activeElement.getAttribute("aria-label") : null;
  if (u === undefined) {
    node.replaceChildren(controls, el("p", { class: "soft" }, "This arm has no sample of the problem yet."));
  } else {
    const status = STATUSES[units.status[u]], answer = answerOf(u), trace = await traceOf(u);
    node.replaceChildren(controls,
      el("p", {}, el("span", { class: `verdict ${status.key}` }, `${status.glyph} ${status.label}`), answer === null ? "" : `, answer ${answer}`),
      el("p", { class: "facts" }, `${cost(units.positions[u])} positions, ${cost(units.visible[u])} visible tokens, ${units.thinking[u] ? `${cost(units.thinking[u])} thought tokens, ` : ""}${seconds(units.ms[u] / 1000)} s${flagsOf(u) ? ` · ${flagsOf(u)}` : ""}`),
      ...(trace ? traceView(trace) : [el("p", { class: "soft" }, leftOut(u))]));
  }
  if (focused) [...node.querySelectorAll("select")].find(s => s.getAttribute("aria-label") === focused)?.focus();
}

function leftOut(u) {
  const file = units.transcript[u];
  return file
    ? `This transcript is not embedded: the page carries transcripts up to a size. It is transcripts/${file}….json in the run's folder; \`${data.transcripts.command}\` writes a page with all of them.`
    : "The run holds no transcript of this sample: it failed before there was one, or its file is missing or damaged.";
}

async function drawDetail() {
  const p = shown.problem, place = view.problems.indexOf(p);
  byId("detail-title").textContent = problems.id[p];
  byId("detail-place").textContent = [topicOf(p), problems.year[p] || null, place < 0 ? null : `${count(place + 1)} of ${count(view.problems.length)}`].filter(Boolean).join(" · ");
  byId("detail-text").textContent = textOf(p) ?? "The run does not hold the text of this problem.";
  byId("detail-gold").replaceChildren("Reference answer ", el("b", {}, problems.gold[p]));
  byId("detail-votes").replaceChildren(...ballots(p));
  byId("detail-prev").disabled = place <= 0;
  byId("detail-next").disabled = place < 0 || place >= view.problems.length - 1;
  byId("detail-sides").replaceChildren(...shown.sides.map((_, i) => el("section", { class: "side", "aria-label": i ? "Right transcript" : "Left transcript" })));
  await Promise.all(shown.sides.map((_, i) => drawSide(i)));
}

function openDetail(problem, left, right_) {
  shown.problem = problem;
  shown.sides = [{ arm: left, sample: 0 }, { arm: right_, sample: 0 }];
  if (!byId("detail").open) byId("detail").showModal();
  byId("detail").scrollTop = 0;
  return drawDetail();
}

function stepProblem(by) {
  const to = view.problems[view.problems.indexOf(shown.problem) + by];
  if (to === undefined) return;
  shown.problem = to;
  active.row = view.problems.indexOf(to);
  drawDetail();
}
