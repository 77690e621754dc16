// Drives a server of OpenAI's chat completions through OpenAI's own client, and prints what happened as JSON.
//   node client.mjs BASE_URL
import OpenAI from "openai";

const client = new OpenAI({ baseURL: process.argv[2], apiKey: "none", maxRetries: 0 });
const messages = [{ role: "user", content: "What is the remainder when 7^3 is divided by 5?" }];
const report = { models: [] };
for await (const model of client.models.list()) report.models.push(model.id);
report.one = (await client.models.retrieve("cot")).id;

const whole = await client.chat.completions.create({ model: "plain", messages, temperature: 0, seed: 1, max_tokens: 40 });
report.text = whole.choices[0].message.content;
report.usage = whole.usage;
// Clients send an answer back as it came.
const turn = await client.chat.completions.create({ model: "plain", messages: [...messages, whole.choices[0].message, { role: "user", content: "And 8^3?" }], max_tokens: 20 });
report.turn = turn.choices[0].finish_reason;

const stream = await client.chat.completions.create({ model: "plain", messages, temperature: 0, seed: 1, max_tokens: 40, stream: true, stream_options: { include_usage: true } });
report.streamed = "";
for await (const piece of stream) {
  report.streamed += piece.choices[0]?.delta?.content ?? "";
  if (piece.usage) report.streamedUsage = piece.usage;
}

// The client's own gathering of a stream is stricter about pieces than a loop.
report.gathered = await client.chat.completions.stream({ model: "cognitive-tools", messages }).finalContent();
const tools = await client.chat.completions.create({ model: "cognitive-tools", messages });
report.tools = tools.choices[0].message.content;
report.thinking = tools.choices[0].message.reasoning_content;

const fail = async (change) => {
  try {
    await client.chat.completions.create({ model: "plain", messages, ...change });
    return null;
  } catch (error) {
    return { kind: error.constructor.name, status: error.status, param: error.param, code: error.code, message: error.message };
  }
};
report.several = await fail({ n: 2 });
report.unknown = await fail({ model: "gpt-4o" });
console.log(JSON.stringify(report));
