// Drives a server of the Model Context Protocol through the protocol's own client, and prints what happened as JSON.
//   node client.mjs COMMAND [ARGUMENT...]
// It calls the first tool of the list that takes nothing but a question, then makes three mistakes, then closes.
import { Client } from "@modelcontextprotocol/sdk/client/index.js";
import { StdioClientTransport } from "@modelcontextprotocol/sdk/client/stdio.js";

const [command, ...args] = process.argv.slice(2);
const report = { problems: [] };
const transport = new StdioClientTransport({ command, args, stderr: "pipe", env: process.env });
let log = "";
transport.stderr.on("data", (chunk) => (log += chunk));
const client = new Client({ name: "test", version: "1.0.0" });
client.onerror = (error) => report.problems.push(String(error)); // a line on standard output that is no protocol lands here
await client.connect(transport);
report.server = client.getServerVersion();
report.tools = (await client.listTools()).tools;
const question = "What is the remainder when 7^3 is divided by 5?";
const call = async (name, parameters) => {
  try {
    return await client.callTool({ name, arguments: parameters });
  } catch (error) {
    return { thrown: String(error) };
  }
};
report.text = await call("understand_question", { question });
report.again = await Promise.all([call("recall_related", { question }), call("understand_question", { question })]);
report.missing = await call("examine_answer", { question });
report.unknownArgument = await call("understand_question", { question, mood: "glad" });
report.unknownTool = await call("calculate", { question });
const server = transport._process;
const ended = new Promise((resolve) => server.once("exit", (code, signal) => resolve({ code, signal })));
await client.close();
report.exit = await ended;
report.log = log;
console.log(JSON.stringify(report));
