// Decodes with node-llama-cpp for `coglab bench`: one request per line on stdin, one answer per line on stdout.
//   {"model": FILE, "threads": N, "context": POSITIONS, "sequences": N}     once; answers {"ready": true}
//   {"prompt": [TOKENS], "sequences": N, "steps": N}                        answers {"seconds": S, "tokens": N}
// Any failure answers {"error": TEXT}. The command copies this file beside the node_modules folder it belongs to.
import readline from "node:readline";
import { getLlama, LlamaLogLevel } from "node-llama-cpp";

let sequences = [];

const answer = (value) => process.stdout.write(`${JSON.stringify(value)}\n`);

async function setUp({ model, threads, context, sequences: count }) {
  // "never": use the prebuilt library of the package or fail, instead of building llama.cpp.
  const llama = await getLlama({ gpu: false, build: "never", skipDownload: true, progressLogs: false, logLevel: LlamaLogLevel.error, logger: () => {} });
  const loaded = await llama.loadModel({ modelPath: model, gpuLayers: 0 });
  const created = await loaded.createContext({ contextSize: context, sequences: count, threads: { ideal: threads, min: threads }, batchSize: 512 });
  sequences = Array.from({ length: count }, () => created.getSequence());
  return { ready: true };
}

async function decode({ prompt, sequences: count, steps }) {
  const used = sequences.slice(0, count);
  // The prompt is forwarded once and stays; only what the last call generated is erased.
  for (const sequence of used) {
    if (sequence.nextTokenIndex > prompt.length) await sequence.eraseContextTokenRanges([{ start: prompt.length, end: sequence.nextTokenIndex }]);
    if (sequence.nextTokenIndex < prompt.length) await sequence.evaluateWithoutGeneratingNewTokens(prompt.slice(sequence.nextTokenIndex));
  }
  let tokens = 0;
  const start = performance.now();
  await Promise.all(
    used.map(async (sequence, index) => {
      let left = steps;
      // The first row is a token of the sequence's own, so that each step forwards one token and samples one.
      for await (const _ of sequence.evaluate([prompt[index % prompt.length]], { temperature: 0, yieldEogToken: true })) {
        tokens++;
        if (--left === 0) break;
      }
    }),
  );
  return { seconds: (performance.now() - start) / 1000, tokens };
}

for await (const line of readline.createInterface({ input: process.stdin })) {
  try {
    const request = JSON.parse(line);
    answer(request.model === undefined ? await decode(request) : await setUp(request));
  } catch (error) {
    answer({ error: String(error?.message ?? error) });
  }
}
process.exit(0);
