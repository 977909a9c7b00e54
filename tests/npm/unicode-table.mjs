// Writes the table behind '\p{…}' and internationalised host names: `node unicode-table.mjs ../../src/Bridge.Schemas/Patterns/unicode.br`.
// With '--sets' it answers instead: one line of JSON per line of input, the ranges of the property that the line names, or null.
import { writeFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { createRequire } from 'node:module';
import { brotliCompressSync, constants } from 'node:zlib';
import binaryAliases from 'unicode-property-aliases-ecmascript';

const require = createRequire(import.meta.url);
const valueAliases = require('unicode-property-value-aliases-ecmascript');
const idna = require('tr46/lib/regexes.js');

const MAX = 0x10ffff;
const SEGMENTS = [[0, 0xd7ff], [0xe000, MAX]].map(([first, last]) => {
  let text = '';
  for (let start = first; start <= last; start += 0x1000) {
    text += String.fromCodePoint(...Array.from({ length: Math.min(0x1000, last - start + 1) }, (_, i) => start + i));
  }

  return text;
});

function rangesOf(property) {
  const ranges = [];
  const add = (first, last) => {
    if (ranges.length > 0 && ranges.at(-1)[1] === first - 1) {
      ranges.at(-1)[1] = last;
    } else {
      ranges.push([first, last]);
    }
  };
  const runs = new RegExp(`\\p{${property}}+`, 'gu');
  const lastOf = (run) => run.codePointAt(run.length - (run.length > 1 && run.charCodeAt(run.length - 1) >= 0xdc00 && run.charCodeAt(run.length - 1) <= 0xdfff ? 2 : 1));
  for (const [run] of SEGMENTS[0].matchAll(runs)) {
    add(run.codePointAt(0), lastOf(run));
  }

  // Halves of pairs one by one, or they would be read as pairs.
  const one = new RegExp(`^\\p{${property}}$`, 'u');
  for (let half = 0xd800; half <= 0xdfff; half++) {
    if (one.test(String.fromCharCode(half))) {
      add(half, half);
    }
  }

  for (const [run] of SEGMENTS[1].matchAll(runs)) {
    add(run.codePointAt(0), lastOf(run));
  }

  return ranges;
}

function rangesWhere(holds) {
  const ranges = [];
  for (let codePoint = 0; codePoint <= MAX; codePoint++) {
    const isHalf = codePoint >= 0xd800 && codePoint <= 0xdfff;
    if (!isHalf && holds(String.fromCodePoint(codePoint), codePoint)) {
      if (ranges.length > 0 && ranges.at(-1)[1] === codePoint - 1) {
        ranges.at(-1)[1] = codePoint;
      } else {
        ranges.push([codePoint, codePoint]);
      }
    }
  }

  return ranges;
}

const within = (codePoint, ranges) => ranges.some(([first, last]) => codePoint >= first && codePoint <= last);

// RFC 5892, section 2.6: what is valid or not by exception, and what is valid in a context only.
const EXCEPTIONS = [[0xdf, 0xdf], [0x3c2, 0x3c2], [0x6fd, 0x6fe], [0xf0b, 0xf0b], [0x3007, 0x3007]];
const NOT_PLAIN = [
  [0xb7, 0xb7], [0x375, 0x375], [0x5f3, 0x5f4], [0x30fb, 0x30fb], [0x660, 0x669], [0x6f0, 0x6f9],
  [0x640, 0x640], [0x7fa, 0x7fa], [0x302e, 0x302f], [0x3031, 0x3035], [0x303b, 0x303b], [0x200c, 0x200d],
];
const IGNORABLE_BLOCKS = [[0x20d0, 0x20ff], [0x1d100, 0x1d1ff], [0x1d200, 0x1d24f]];
const OLD_HANGUL_JAMO = [[0x1100, 0x11ff], [0xa960, 0xa97c], [0xd7b0, 0xd7c6], [0xd7cb, 0xd7fb]];

// RFC 5892, section 3: the derived property PVALID.
function isProtocolValid(text, codePoint) {
  if (within(codePoint, EXCEPTIONS)) {
    return true;
  }

  if (codePoint < 0x80) {
    return /^[-0-9a-z]$/.test(text);
  }

  const isUnstable = /^\p{Changes_When_NFKC_Casefolded}$/u.test(text) || text.normalize('NFKC') !== text;
  const isIgnorable = /^[\p{White_Space}\p{Default_Ignorable_Code_Point}\p{Noncharacter_Code_Point}]$/u.test(text);
  return !within(codePoint, NOT_PLAIN) && !isUnstable && !isIgnorable && !within(codePoint, IGNORABLE_BLOCKS)
    && !within(codePoint, OLD_HANGUL_JAMO) && /^[\p{Ll}\p{Lu}\p{Lo}\p{Nd}\p{Lm}\p{Mn}\p{Mc}]$/u.test(text);
}

const NON_JOINER = '\u200c';
const BEH = '\u0628';
const ALEF = '\u05d0';
const INTERNAL = {
  'idna.valid': isProtocolValid,
  'idna.virama': (text) => idna.combiningClassVirama.test(text),
  'idna.joins-next': (text) => idna.validZWNJ.test(text + NON_JOINER + BEH),
  'idna.joins-previous': (text) => idna.validZWNJ.test(BEH + NON_JOINER + text),
  'idna.transparent': (text) => idna.validZWNJ.test(BEH + text + NON_JOINER + BEH) && !idna.validZWNJ.test(text + NON_JOINER + BEH),
  'bidi.left': (text) => idna.bidiS1LTR.test(text),
  'bidi.right': (text) => idna.bidiS1RTL.test(text),
  'bidi.european-number': (text) => idna.bidiS4EN.test(text),
  'bidi.arabic-number': (text) => idna.bidiS4AN.test(text),
  'bidi.nonspacing': (text) => idna.bidiS3.test(ALEF + text) && !idna.bidiS3.test(text),
};

const bytes = [];

function writeNumber(value) {
  for (; value > 127; value >>>= 7) {
    bytes.push((value & 127) | 128);
  }

  bytes.push(value);
}

function writeText(text) {
  const utf8 = Buffer.from(text);
  writeNumber(utf8.length);
  bytes.push(...utf8);
}

function writeEntry(kind, names, ranges) {
  bytes.push(kind.charCodeAt(0));
  writeText(names.join('|'));
  const start = bytes.length;
  let next = 0;
  for (const [first, last] of ranges) {
    writeNumber(first - next);
    writeNumber(last - first);
    next = last + 1;
  }

  const body = bytes.splice(start);
  writeNumber(body.length);
  bytes.push(...body);
}

function namesOf(aliases, known) {
  const names = new Map();
  for (const [alias, name] of aliases) {
    if (known(alias)) {
      names.set(name, (names.get(name) ?? new Set()).add(name).add(alias));
    }
  }

  return [...names.values()].map((set) => [...set].sort());
}

function isKnown(property) {
  try {
    return new RegExp(`\\p{${property}}`, 'u') !== null;
  } catch {
    return false;
  }
}

function writeTable(path) {
  writeText(process.versions.unicode);
  for (const [kind, property, aliases] of [
    ['g', 'gc=', valueAliases.get('General_Category')],
    ['s', 'sc=', valueAliases.get('Script')],
    ['x', 'scx=', valueAliases.get('Script')],
    ['b', '', new Map([...binaryAliases, ['Any', 'Any'], ['ASCII', 'ASCII'], ['Assigned', 'Assigned']])],
  ]) {
    for (const names of namesOf(aliases, (name) => isKnown(property + name))) {
      writeEntry(kind, names, rangesOf(property + names[0]));
    }
  }

  for (const [name, holds] of Object.entries(INTERNAL)) {
    writeEntry('i', [name], rangesWhere(holds));
  }

  const table = brotliCompressSync(Buffer.from(bytes), { params: { [constants.BROTLI_PARAM_LGWIN]: 16 } });
  writeFileSync(path, table);
  console.log(`Unicode ${process.versions.unicode}: ${bytes.length} bytes, ${table.length} packed`);
}

if (process.argv[2] === '--sets') {
  console.log(process.versions.unicode);
  for await (const property of createInterface({ input: process.stdin })) {
    console.log(JSON.stringify(isKnown(property) ? rangesOf(property) : null));
  }
} else {
  writeTable(process.argv[2]);
}
