// Drives a loop of function calls through OpenAI's own client, and prints what happened as JSON.
//   node tools.mjs BASE_URL
import OpenAI from "openai";

const client = new OpenAI({ baseURL: process.argv[2], apiKey: "none", maxRetries: 0 });
const tools = [{ type: "function", function: { name: "get_weather", description: "The weather.", parameters: {
  type: "object", properties: { city: { enum: ["Paris", "Rome"] } }, required: ["city"] } } }];
const report = { calls: [], finishes: [] };

const messages = [{ role: "user", content: "hi" }];
for (let turn = 0; turn < 5; turn++) {
  const answer = await client.chat.completions.create({ model: "plain", messages, tools, max_tokens: 60 });
  const { message, finish_reason } = answer.choices[0];
  report.finishes.push(finish_reason);
  messages.push(message);
  if (!message.tool_calls?.length) break;
  for (const call of message.tool_calls) {
    report.calls.push({ id: call.id, name: call.function.name, city: JSON.parse(call.function.arguments).city });
    messages.push({ role: "tool", tool_call_id: call.id, content: "21 degrees" });
  }
}

const question = { model: "plain", messages: [{ role: "user", content: "hi" }], tools, tool_choice: "required", max_tokens: 60, seed: 1 };
const whole = await client.chat.completions.create(question);
const streamed = await client.chat.completions.stream(question).finalMessage();
report.whole = whole.choices[0].message.tool_calls[0].function;
report.streamed = { name: streamed.tool_calls[0].function.name, arguments: streamed.tool_calls[0].function.arguments };
console.log(JSON.stringify(report));
