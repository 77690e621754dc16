// Everything shown comes from the data blocks of this file; nothing is fetched. This code stands before the transcripts,
// so the page is drawn while they are still being read.
const data = JSON.parse(byId("data").textContent);
const { arms, problems, units } = data;
const CORRECT = 0;

// Units by problem and arm: those of a cell are order[starts[cell] .. starts[cell + 1]).
const P = problems.id.length, A = arms.length, U = units.problem.length;
const starts = new Int32Array(P * A + 1), order = new Int32Array(U), right = new Int32Array(P * A);
for (let u = 0; u < U; u++) {
  const cell = units.problem[u] * A + units.arm[u];
  starts[cell + 1]++;
  if (units.status[u] === CORRECT) right[cell]++;
}
for (let c = 0; c < P * A; c++) starts[c + 1] += starts[c];
const next = starts.slice();
for (let u = 0; u < U; u++) order[next[units.problem[u] * A + units.arm[u]]++] = u;

const unitsOf = (p, a) => order.subarray(starts[p * A + a], starts[p * A + a + 1]);
const samplesOf = (p, a) => starts[p * A + a + 1] - starts[p * A + a];
const shareOf = (p, a) => samplesOf(p, a) ? right[p * A + a] / samplesOf(p, a) : NaN;
const armUnits = arms.map(() => []);
for (let u = 0; u < U; u++) armUnits[units.arm[u]].push(u);

const answerOf = u => units.answer[u] < 0 ? null : data.answers[units.answer[u]];
const topicOf = p => problems.topic[p] < 0 ? null : data.topics[problems.topic[p]];
const callsOf = u => units.calls[u] < 0 ? [] : data.calls[units.calls[u]];
const flagsOf = u => units.flags[u] < 0 ? "" : data.flags[units.flags[u]];

// Problem texts wait unread until a search or a transcript asks for them.
let texts = null;
const textOf = p => (texts ??= JSON.parse(byId("texts").textContent))[p];

// The two arms under comparison, shared by the flips, the flip filter and the transcripts.
const pair = { a: data.baseline, b: arms.findIndex((_, i) => i !== data.baseline) };
if (pair.b < 0) pair.b = pair.a;
