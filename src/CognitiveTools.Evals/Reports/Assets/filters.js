// Which problems are shown, and in what order.
const view = { problems: [] };
const ORDERS = {
  run: "as run",
  hard: "fewest correct first",
  easy: "most correct first",
  split: "most disagreement first",
};

const meanShare = new Float64Array(P), disagreement = new Float64Array(P);
for (let p = 0; p < P; p++) {
  let sum = 0, n = 0, lo = 1, hi = 0;
  for (let a = 0; a < A; a++) {
    const share = shareOf(p, a);
    if (Number.isNaN(share)) continue;
    sum += share; n++; lo = Math.min(lo, share); hi = Math.max(hi, share);
  }
  meanShare[p] = n ? sum / n : 0;
  disagreement[p] = n ? hi - lo + (.5 - Math.abs(meanShare[p] - .5)) / 100 : 0;
}

function matching() {
  const [text, status, arm, flip, tool, topic] = ["text", "status", "arm", "flip", "tool", "topic"].map(name => byId(`f-${name}`).value);
  const needle = text.trim().toLowerCase();
  const wanted = u => (status === "" || units.status[u] === Number(status)) && (tool === "" || callsOf(u).includes(tool));
  const inArms = arm === "" ? arms.map((_, a) => a) : [Number(arm)];
  const found = [];
  for (let p = 0; p < P; p++) {
    if (topic !== "" && problems.topic[p] !== Number(topic)) continue;
    if (flip === "split" ? disagreement[p] < .02 : flip !== "" && flipOf(p) !== flip) continue;
    if (needle && !`${problems.id[p]} ${topicOf(p) ?? ""} ${textOf(p) ?? ""}`.toLowerCase().includes(needle)) continue;
    if ((status !== "" || tool !== "") && !inArms.some(a => unitsOf(p, a).some(wanted))) continue;
    found.push(p);
  }
  const by = { hard: p => meanShare[p], easy: p => -meanShare[p], split: p => -disagreement[p] }[byId("f-order").value];
  return by ? found.sort((x, y) => by(x) - by(y) || x - y) : found;
}

function fillFilters() {
  options(byId("f-status"), [["", "any"], ...STATUSES.map((s, i) => [i, s.label])]);
  options(byId("f-arm"), [["", "any arm"], ...arms.map((a, i) => [i, a.name])]);
  const tools = [...new Set(data.calls.flat())].sort();
  options(byId("f-tool"), [["", "any or none"], ...tools.map(t => [t, t])]);
  byId("f-tool-label").hidden = tools.length === 0;
  options(byId("f-topic"), [["", "any"], ...data.topics.map((t, i) => [i, t]).sort((x, y) => x[1].localeCompare(y[1], "en"))]);
  byId("f-topic-label").hidden = data.topics.length === 0;
  options(byId("f-order"), Object.entries(ORDERS));
}

function fillFlipFilter() {
  const kept = byId("f-flip").value, names = ` (${arms[pair.a].name}, ${arms[pair.b].name})`;
  options(byId("f-flip"), [["", "any"], ["split", "arms disagree"], ...Object.entries(KINDS).map(([kind, label]) => [kind, label + names])]);
  byId("f-flip").value = kept;
}

function changed() {
  view.problems = matching();
  flips();
  strip();
  grid();
}
