// Counts tokens as one tokenizer people use (o200k_base) does. Reads one JSON string a line, prints one number a line.
import { createInterface } from 'node:readline';
import { countTokens } from 'gpt-tokenizer/encoding/o200k_base';

for await (const line of createInterface({ input: process.stdin, crlfDelay: Infinity })) {
  console.log(countTokens(JSON.parse(line), { allowedSpecial: 'all' }));
}
