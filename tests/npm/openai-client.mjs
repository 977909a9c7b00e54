// What a user of the official client does against a running bridge. Arguments: base URL, key. Prints one JSON object.
import OpenAI, { AuthenticationError, BadRequestError, NotFoundError } from 'openai';

const [baseURL, apiKey] = process.argv.slice(2);
const client = new OpenAI({ baseURL, apiKey, maxRetries: 0 });
const messages = [{ role: 'user', content: 'Add 2 to 3 using available tools.' }];

const failureOf = async (action) => {
  try {
    await action();
    return null;
  } catch (error) {
    const kind = [AuthenticationError, BadRequestError, NotFoundError].find((type) => error instanceof type)?.name ?? String(error);
    return { kind, status: error.status, param: error.param, code: error.code, type: error.type, requestId: error.requestID };
  }
};

const completion = await client.chat.completions.create({ model: 'bridge', messages, temperature: 0 });
const models = [];
for await (const model of client.models.list()) {
  models.push(model.id);
}

const tools = [{ type: 'function', function: { name: 'mine', parameters: { type: 'object' } } }];
const stranger = new OpenAI({ baseURL, apiKey: 'wrong', maxRetries: 0 });
console.log(JSON.stringify({
  content: completion.choices[0].message.content,
  finish: completion.choices[0].finish_reason,
  toolCalls: completion.choices[0].message.tool_calls ?? null,
  called: completion.bridge.calls.map((call) => call.tool),
  models,
  tools: await failureOf(() => client.chat.completions.create({ model: 'bridge', messages, tools })),
  stream: await failureOf(() => client.chat.completions.create({ model: 'bridge', messages, stream: true })),
  unknown: await failureOf(() => client.chat.completions.create({ model: 'nobody/x', messages })),
  wrongKey: await failureOf(() => stranger.models.list()),
}));
