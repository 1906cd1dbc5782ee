import { gzipSync } from 'node:zlib';

/** Gives numbers from 0 up to, not including, `limit`; the same for the same seed (mulberry32). */
export type Random = (limit: number) => number;

export function randomOf(seed: number): Random {
  let state = seed >>> 0;
  return (limit) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296) * limit);
  };
}

type Damage = (bytes: Buffer, random: Random) => Buffer;

const LF = Buffer.from('\n');

const linesOf = (bytes: Buffer): Buffer[] => {
  const lines: Buffer[] = [];
  let start = 0;
  for (let end = bytes.indexOf(0x0a); end >= 0; end = bytes.indexOf(0x0a, start)) {
    lines.push(bytes.subarray(start, end));
    start = end + 1;
  }
  return [...lines, bytes.subarray(start)];
};
const joined = (lines: readonly Buffer[], separator = LF): Buffer =>
  Buffer.concat(lines.flatMap((line, index) => (index === 0 ? [line] : [separator, line])));
const insert = (bytes: Buffer, at: number, what: Buffer): Buffer =>
  Buffer.concat([bytes.subarray(0, at), what, bytes.subarray(at)]);

/** What happens to files on their way. */
export const DAMAGES: { readonly [name: string]: Damage } = {
  'a flipped bit': (bytes, random) => {
    const copy = Buffer.from(bytes);
    const at = random(copy.length);
    copy[at] = (copy[at] ?? 0) ^ (1 << random(8));
    return copy;
  },
  'another byte': (bytes, random) => {
    const copy = Buffer.from(bytes);
    copy[random(copy.length)] = random(256);
    return copy;
  },
  'a truncated end': (bytes, random) => bytes.subarray(0, random(bytes.length)),
  'inserted NULs': (bytes, random) => insert(bytes, random(bytes.length), Buffer.alloc(1 + random(600))),
  'swapped lines': (bytes, random) => {
    const lines = linesOf(bytes);
    const [a, b] = [random(lines.length), random(lines.length)];
    const [first, second] = [lines[a] ?? LF, lines[b] ?? LF];
    lines[a] = second;
    lines[b] = first;
    return joined(lines);
  },
  'a lost stretch': (bytes, random) => {
    const start = random(bytes.length);
    return Buffer.concat([bytes.subarray(0, start), bytes.subarray(start + random(300))]);
  },
  'a repeated stretch': (bytes, random) => {
    const start = random(bytes.length);
    return insert(bytes, start, bytes.subarray(start, start + random(300)));
  },
  'an inserted line feed': (bytes, random) => insert(bytes, random(bytes.length), LF),
  'a lost line feed': (bytes, random) => {
    const lines = linesOf(bytes);
    const at = random(lines.length);
    return joined([...lines.slice(0, at), Buffer.concat(lines.slice(at, at + 2)), ...lines.slice(at + 2)]);
  },
  'CRLF and a byte order mark': (bytes) =>
    Buffer.concat([Buffer.from('\ufeff'), joined(linesOf(bytes), Buffer.from('\r\n'))]),
  'a byte order mark somewhere': (bytes, random) => insert(bytes, random(bytes.length), Buffer.from('\ufeff')),
  'bytes that are not UTF-8': (bytes, random) => insert(bytes, random(bytes.length), Buffer.from([0xe9])),
  'a key twice': (bytes, random) => {
    const at = bytes.indexOf('{', random(bytes.length));
    return at < 0 ? bytes : insert(bytes, at + 1, Buffer.from('"status":"final","status":"cancelled",'));
  },
  'a strange key': (bytes, random) => {
    const at = bytes.indexOf('{', random(bytes.length));
    return at < 0 ? bytes : insert(bytes, at + 1, Buffer.from('"__proto__":{"constructor":[]},'));
  },
  'another type': (bytes, random) => {
    const at = bytes.indexOf('"resourceType"', random(bytes.length));
    return at < 0 ? bytes : insert(bytes, at + 1, Buffer.from('x'));
  },
  'a lost field': (bytes, random) => inField(bytes, random, (holder, key) => Reflect.deleteProperty(holder, key)),
  'a field of another kind': (bytes, random) =>
    inField(bytes, random, (holder, key) => Reflect.set(holder, key, ODD[random(ODD.length)])),
  'a field in a list': (bytes, random) =>
    inField(bytes, random, (holder, key) => Reflect.set(holder, key, [Reflect.get(holder, key)])),
  nothing: () => Buffer.alloc(0),
};

/** What no field is. */
const ODD = [
  null,
  0,
  -1.5,
  1e300,
  true,
  '',
  ' ',
  'x',
  '2020-02-30',
  'Patient/none',
  'urn:uuid:1',
  [],
  {},
  [null],
  [[]],
];

/** Changes a field somewhere in one of the lines that hold JSON. */
function inField(bytes: Buffer, random: Random, change: (holder: object, key: string) => void): Buffer {
  const lines = linesOf(bytes);
  const at = random(lines.length);
  let value: unknown;
  try {
    value = JSON.parse(lines[at]?.toString() ?? '');
  } catch {
    return bytes;
  }
  const fields = fieldsIn(value);
  const field = fields[random(Math.max(fields.length, 1))];
  if (field === undefined) return bytes;
  change(...field);
  lines[at] = Buffer.from(JSON.stringify(value));
  return joined(lines);
}

function fieldsIn(value: unknown): (readonly [holder: object, key: string])[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inside]) => [[value, key] as const, ...fieldsIn(inside)]);
}

const NAMES = Object.keys(DAMAGES);

/** A copy with up to three damages, gzipped before or after them in one of five. */
export function damaged(bytes: Buffer, random: Random): { bytes: Buffer; isGzip: boolean } {
  const gzip = random(10);
  const hurt = (whole: Buffer): Buffer => {
    let copy = whole;
    for (let count = random(4); count > 0; count -= 1)
      copy = DAMAGES[NAMES[random(NAMES.length)] ?? 'nothing']?.(copy, random) ?? copy;
    return copy;
  };
  if (gzip === 0) return { bytes: gzipSync(hurt(bytes)), isGzip: true };
  return gzip === 1 ? { bytes: hurt(gzipSync(bytes)), isGzip: true } : { bytes: hurt(bytes), isGzip: false };
}
