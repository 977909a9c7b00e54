// What a client of the official SDK does with a task of a server behind the gateway. Arguments: URL of the gateway, key. Prints one JSON object.
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import { CallToolResultSchema, ElicitRequestSchema } from '@modelcontextprotocol/sdk/types.js';

const [url, key] = process.argv.slice(2);
const client = new Client({ name: 'task-client', version: '1' }, { capabilities: { elicitation: { form: {} } } });
const asked = [];
client.setRequestHandler(ElicitRequestSchema, async (question) => {
  asked.push(question.params._meta['io.modelcontextprotocol/related-task'].taskId);
  return { action: 'accept', content: { interpretation: 'technical' } };
});
await client.connect(new StreamableHTTPClientTransport(new URL(url), { requestInit: { headers: { authorization: `Bearer ${key}` } } }));
await client.listTools(); // the SDK calls as a task only what it has seen to allow that
const said = { asked, statuses: [], messages: [] };
const stream = client.experimental.tasks.callToolStream(
  { name: 'simulate-research-query', arguments: { topic: 'python', ambiguous: true } }, CallToolResultSchema, { task: { ttl: 60000 } });
for await (const message of stream) {
  if (message.task) {
    said.id = message.task.taskId;
    said.statuses.push(message.task.status);
    said.messages.push(message.task.statusMessage);
  } else {
    said.result = message.result?.content[0].text;
    said.error = message.error?.message;
  }
}
said.listed = (await client.experimental.tasks.listTasks()).tasks.map((task) => [task.taskId, task.status]);
await client.close();
console.log(JSON.stringify(said));
