// Renders chat templates as @huggingface/jinja does, at the time given as the only argument (ISO 8601, UTC).
// Reads one JSON object a line: {"template": "…", "cases": [{…variables…}, …]}; prints one JSON array a line: {"text": "…"} or {"error": "…"} for each case.
import { createInterface } from 'node:readline';
import { Template } from '@huggingface/jinja';

process.env.TZ = 'UTC';
const now = Date.parse(process.argv[2]);
const RealDate = Date;
globalThis.Date = class extends RealDate {
  constructor(...given) {
    super(...(given.length > 0 ? given : [now]));
  }
};

function render(source, variables) {
  try {
    return { text: new Template(source).render(variables) };
  } catch (error) {
    return { error: String(error?.message ?? error) };
  }
}

for await (const line of createInterface({ input: process.stdin, crlfDelay: Infinity })) {
  const { template, cases } = JSON.parse(line);
  console.log(JSON.stringify(cases.map((variables) => render(template, variables))));
}
