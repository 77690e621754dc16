// Figures 3 and 4: how a measure spreads over the samples of each arm, and how the votes fall.
const MEASURES = {
  positions: { label: "positions", of: u => units.positions[u], log: true, show: count },
  visible: { label: "visible tokens", of: u => units.visible[u], log: true, show: count },
  thinking: { label: "thought tokens", of: u => units.thinking[u], log: true, show: count },
  seconds: { label: "seconds", of: u => units.ms[u] / 1000, log: true, show: seconds },
  calls: { label: "tool calls", of: u => callsOf(u).length, log: false, show: count },
  thoughts: { label: "latent thoughts", of: u => units.thoughts[u], log: false, show: count },
};

function bars(heights, parts, labels, median) {
  const width = 240 / heights.length, base = 64, most = Math.max(...heights, 1);
  return svg("svg", { viewBox: "0 0 240 82", "aria-hidden": "true" },
    heights.map((h, i) => h ? [
      svg("rect", { class: "bar-rest", x: i * width + .5, width: width - 1, y: base - 60 * h / most, height: 60 * h / most }),
      svg("rect", { class: "bar-good", x: i * width + .5, width: width - 1, y: base - 60 * parts[i] / most, height: 60 * parts[i] / most })] : null),
    svg("line", { class: "axis", x1: 0, x2: 240, y1: base, y2: base }),
    known(median) ? svg("line", { class: "median", x1: median * 240, x2: median * 240, y1: 0, y2: base + 5 }) : null,
    labels.map(([at, text]) => svg("text", { class: "soft", x: at * 240, y: 79, "text-anchor": at < .1 ? "start" : at > .9 ? "end" : "middle" }, text)));
}

function histograms() {
  const measure = MEASURES[byId("measure").value], values = new Float64Array(U);
  for (let u = 0; u < U; u++) values[u] = measure.of(u) ?? NaN; // what is unknown is left out
  const positive = values.filter(v => v > 0);
  let lo = 0, hi = 1;
  for (const v of values) if (known(v)) hi = Math.max(hi, v);
  if (measure.log) lo = positive.reduce((m, v) => Math.min(m, v), hi);
  if (measure.log && hi / lo < 1.5) [lo, hi] = [lo / 1.25, hi * 1.25];
  const bins = measure.log ? 24 : Math.min(24, hi + 1);
  const at = v => measure.log ? Math.log(Math.max(v, lo) / lo) / Math.log(hi / lo) : (v + .5) / (hi + 1);
  byId("histograms").replaceChildren(...arms.map((arm, a) => {
    const heights = new Array(bins).fill(0), parts = new Array(bins).fill(0), own = armUnits[a].map(u => values[u]).filter(known).sort((x, y) => x - y);
    for (const u of armUnits[a]) {
      if (!known(values[u])) continue;
      const bin = Math.min(bins - 1, Math.max(0, Math.floor(bins * at(values[u]))));
      heights[bin]++;
      if (units.status[u] === CORRECT) parts[bin]++;
    }
    const median = own.length ? (own[(own.length - 1) >> 1] + own[own.length >> 1]) / 2 : NaN;
    return el("div", { class: "multiple" }, el("h3", {}, el("small", {}, `median ${measure.show(median)}`), arm.name),
      bars(heights, parts, measure.log ? [[0, measure.show(lo)], [1, measure.show(hi)]] : [[at(0), "0"], [at(hi), measure.show(hi)]], at(median)));
  }));
  byId("histogram-text").textContent = `${measure.label[0].toUpperCase()}${measure.label.slice(1)} of the samples of each arm, all on one ${measure.log ? "logarithmic " : ""}axis; dark parts are correct samples, the line is the median. Heights are scaled within each arm.`;
}

function tally(p, a) {
  const votes = new Map();
  for (const u of unitsOf(p, a)) votes.set(answerOf(u), (votes.get(answerOf(u)) ?? 0) + 1);
  return [...votes].sort((x, y) => y[1] - x[1]);
}

// Whether an answer counts as the reference is the scorer's word, not a comparison of texts made here.
function rightAnswers(p, a) {
  const found = new Set();
  for (const u of unitsOf(p, a)) if (units.status[u] === CORRECT) found.add(answerOf(u));
  return found;
}

function votes() {
  byId("votes-figure").hidden = data.samples < 2;
  if (data.samples < 2) return;
  byId("votes").replaceChildren(...arms.map((arm, a) => {
    const heights = new Array(data.samples + 1).fill(0), parts = heights.slice();
    let outvoted = 0, complete = 0;
    for (let p = 0; p < P; p++) {
      if (samplesOf(p, a) !== data.samples) continue;
      complete++;
      const given = tally(p, a).filter(([answer]) => answer !== null), gold = rightAnswers(p, a);
      const best = given.length ? given[0][1] : 0, won = given.some(([answer, n]) => n === best && gold.has(answer));
      heights[right[p * A + a]]++;
      if (won) parts[right[p * A + a]]++;
      else if (gold.size) outvoted++;
    }
    const at = i => (i + .5) / (data.samples + 1);
    return el("div", { class: "multiple" }, el("h3", {}, el("small", {}, `outvoted ${count(outvoted)} of ${count(complete)}`), arm.name),
      bars(heights, parts, [[at(0), "0"], [at(data.samples), String(data.samples)]], NaN));
  }));
  byId("votes-text").textContent = `Problems by how many of their ${data.samples} samples are correct. In the dark part the right answer has the most votes or shares the lead; `
    + "“outvoted” counts the problems on which it was given, yet another answer has more votes. Problems with missing samples are left out.";
}
