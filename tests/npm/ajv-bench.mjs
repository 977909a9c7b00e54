// What Ajv does with schemas and JSON texts. Argument: a file with a list of {schema, texts}.
// Prints one line of JSON: per entry how long compiling took and the verdicts, or why the schema was refused.
// Then, per line "CALLS" on its input, prints the nanoseconds per call of every text: from bytes to verdict, and of the verdict alone.
import { isAscii } from 'node:buffer';
import { readFileSync, writeSync } from 'node:fs';
import { createInterface } from 'node:readline';
import Ajv from 'ajv';
import Ajv2020 from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';

const options = { strict: false, allErrors: false, logger: false };
const draft7 = addFormats(new Ajv(options));
const draft2020 = addFormats(new Ajv2020(options));
const now = () => Number(process.hrtime.bigint());
const print = (value) => writeSync(1, JSON.stringify(value) + '\n');

// Two ways to read bytes that people use; the faster of them counts. Every text gets loops of its own,
// so that V8 may specialize them as it likes; the verdicts are counted, so that none is optimized away.
const loop = (value) => new Function(
  'validate', 'buffer', 'parsed', 'calls', 'isAscii',
  `let valid = 0; for (let i = 0; i < calls; i++) { if (validate(${value})) valid++; } return valid;`);
const time = (entry, run, calls) => {
  const start = now();
  const valid = run(entry.validate, entry.buffer, entry.parsed, calls, isAscii);
  const spent = now() - start;
  if (valid !== (entry.valid ? calls : 0)) throw new Error('The verdict changed.');
  return spent / calls;
};

const texts = [];
const compile = ({ schema, texts: given }) => {
  const isDraft7 = typeof schema === 'object' && /draft-0[67]/.test(schema.$schema ?? '');
  const { $schema, $id, ...plain } = schema;
  const start = now();
  try {
    const validate = (isDraft7 ? draft7 : draft2020).compile(plain);
    const nanoseconds = now() - start;
    const verdicts = given.map((text) => {
      const parsed = JSON.parse(text);
      const valid = validate(parsed);
      texts.push({
        validate, parsed, valid, buffer: Buffer.from(text),
        plain: loop('JSON.parse(buffer.toString())'),
        ascii: loop('JSON.parse(isAscii(buffer) ? buffer.latin1Slice() : buffer.utf8Slice())'),
        verdict: loop('parsed'),
      });
      return valid;
    });
    return { nanoseconds, verdicts };
  } catch (error) {
    return { refused: error.message };
  }
};

print(JSON.parse(readFileSync(process.argv[2], 'utf8')).map(compile));
for await (const line of createInterface({ input: process.stdin })) {
  const calls = Number(line);
  print(texts.map((entry) => [
    Math.min(time(entry, entry.plain, calls), time(entry, entry.ascii, calls)),
    time(entry, entry.verdict, calls),
  ]));
}
