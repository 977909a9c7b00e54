// What a user of LangChain does against a running bridge. Arguments: base URL, key. Prints one JSON object.
import { HumanMessage, SystemMessage } from '@langchain/core/messages';
import { ChatOpenAI } from '@langchain/openai';

const [baseURL, apiKey] = process.argv.slice(2);
const model = new ChatOpenAI({ model: 'bridge', apiKey, temperature: 0, maxRetries: 0, configuration: { baseURL } });
const answer = await model.invoke([
  new SystemMessage('You ALWAYS search for tools to get the results.'),
  new HumanMessage('Add 2 to 3 using available tools.'),
]);
const batch = await model.batch(['Add 10 to 20 using available tools.', 'Add 100 to 200 using available tools.']);
console.log(JSON.stringify({
  content: answer.content,
  finish: answer.response_metadata.finish_reason,
  toolCalls: answer.tool_calls,
  batch: batch.map((one) => one.content),
}));
