import { isObject, type JsonObject } from '../../src/lens/json.js';

/** A sequence of numbers from 0 to 1 that a seed decides (mulberry32). */
export function random(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

type Container = JsonObject | unknown[];

/** Every object and array of a JSON value. */
function containersOf(value: unknown, found: Container[] = []): Container[] {
  if (Array.isArray(value)) found.push(value);
  else if (isObject(value)) found.push(value);
  else return found;
  for (const item of Object.values(value)) containersOf(item, found);
  return found;
}

/** Texts and numbers that formats, codes and comparisons trip over. */
const TRICKY: readonly unknown[] = [
  '',
  ' ',
  'a b',
  '#',
  '#x',
  '2024-02-30',
  '2024',
  '2024-01-01T00:00:00Z',
  '2024-01-01T00:00:00+14:00',
  '2023-12-31T23:59:60.123456789Z',
  'Patient/1',
  'urn:uuid:c757873d-ec9a-4326-a141-556f43239520',
  'http://x/Patient/1/_history/2',
  '<div xmlns="http://www.w3.org/1999/xhtml">x</div>',
  '<div>&nbsp;</div>',
  0,
  -1,
  1.5,
  1e21,
  true,
  false,
  null,
  [],
  {},
  [null],
  [[]],
  { id: 'x' },
  { extension: [{ url: 'x', valueString: 'y' }] },
];

/** The value with one to five of its places changed, in place: deleted, repeated, replaced, renamed, wrapped or swapped. */
export function mutate(value: unknown, next: () => number, strange: readonly unknown[] = TRICKY): unknown {
  const containers = containersOf(value);
  if (containers.length === 0) return value;
  const pick = <T>(list: readonly T[]): T | undefined => list[Math.floor(next() * list.length)];
  for (let changes = 1 + Math.floor(next() * 5); changes > 0; changes -= 1) {
    const place = pick(containers);
    const other = pick(containers);
    if (place === undefined || other === undefined) continue;
    const key = pick(Object.keys(place));
    const from = pick(Object.keys(other));
    if (key === undefined || from === undefined) continue;
    const target = place as JsonObject;
    const source = (other as JsonObject)[from];
    switch (Math.floor(next() * 9)) {
      case 0:
        if (Array.isArray(place)) place.splice(Number(key), 1);
        else delete target[key];
        break;
      case 1:
        target[key] = pick(TRICKY);
        break;
      case 2:
        target[key] = pick(strange);
        break;
      case 3:
        target[key] = [target[key], structuredCloneOf(target[key])];
        break;
      case 4:
        if (Array.isArray(place)) place.push(structuredCloneOf(place[0]));
        else target[from] = structuredCloneOf(source);
        break;
      case 5:
        target[key] = structuredCloneOf(source);
        break;
      case 6:
        target[`_${key}`] = pick([{ id: 'x' }, { extension: [{ url: 'x', valueCode: 'y' }] }, [null], {}]);
        break;
      case 7:
        if (!Array.isArray(place)) {
          target[`_${key}`] = { extension: [{ url: 'x', valueCode: 'y' }] };
          delete target[key];
        }
        break;
      default:
        target[key] = { [key]: target[key] };
    }
  }
  return value;
}

/** A copy of what JSON can say; anything else stays what it is. */
function structuredCloneOf(value: unknown): unknown {
  try {
    const text = JSON.stringify(value);
    return text === undefined ? value : JSON.parse(text);
  } catch {
    return value;
  }
}
