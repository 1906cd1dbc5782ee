import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Table, TableName } from './fhir/terminology/table.js';
import { isObject } from './lens/json.js';

/** What was loaded, or was not there: to ask Node again takes as long as to validate a record. */
const loaded = new Map<TableName, Table | undefined>();

/**
 * What `#tables` is in Node: a table of what R4 and others publish, read on first need, since most processes ask for few of them, or
 * none. Undefined where there is no such file: beside a program that was made one file.
 */
export function loadTable(name: TableName): Table | undefined {
  if (!loaded.has(name))
    loaded.set(
      name,
      ofFile(name, (require, file): Table => require(file)),
    );
  return loaded.get(name);
}

/** Texts that are looked for in the file of a table before all of it is read: most processes ask for few. */
const LOOKED_FOR = 16;

interface Opened {
  readonly bytes: Buffer;
  /** False for a file that was cut off, or written again by another program: what is not found in it may be there. */
  readonly isAsWritten: boolean;
  /** How many texts were looked for. */
  asked: number;
}

const opened = new Map<TableName, Opened>();

/** What a table has under a name, `null` where it has nothing; undefined where there is no such file. */
export function loadText(name: TableName, key: string): string | null | undefined {
  const file = opened.get(name) ?? open(name);
  if (file === undefined) return undefined;
  if (file.isAsWritten && file.asked < LOOKED_FOR) {
    file.asked += 1;
    return textIn(file.bytes, key);
  }
  const table = loadTable(name);
  if (table === undefined) return undefined;
  return Object.hasOwn(table, key) ? table[key] : null;
}

function open(name: TableName): Opened | undefined {
  const bytes = ofFile(name, (require, file) => readFileSync(require.resolve(file)));
  if (bytes === undefined) return undefined;
  const file = { bytes, isAsWritten: isAsWritten(bytes), asked: 0 };
  opened.set(name, file);
  return file;
}

const START = Buffer.from('{\n"');
const END = Buffer.from('"\n}\n');

/** True for the file of a table that begins and ends as scripts/r4/tables.ts writes it. */
export const isAsWritten = (bytes: Buffer): boolean =>
  bytes.subarray(0, START.length).equals(START) && bytes.subarray(-END.length).equals(END);

/** Each text stands in a line of its own, with its name before it, as scripts/r4/tables.ts writes them. */
function textIn(bytes: Buffer, key: string): string | null {
  const start = `\n${JSON.stringify(key)}:`;
  const at = bytes.indexOf(start);
  if (at === -1) return null;
  const from = at + Buffer.byteLength(start);
  const text: unknown = JSON.parse(bytes.toString('utf8', from, bytes.indexOf('\n', from)).replace(/,$/, ''));
  return typeof text === 'string' ? text : null;
}

function ofFile<T>(name: TableName, use: (require: NodeJS.Require, file: string) => T): T | undefined {
  // Here and not above, since what a bundler makes CommonJS has no `import.meta.url`.
  const require = createRequire(typeof __filename === 'string' ? __filename : import.meta.url);
  try {
    return use(require, `./fhir/generated/${name}.json`);
  } catch (error) {
    if (isObject(error) && error.code === 'MODULE_NOT_FOUND') return undefined;
    throw error;
  }
}
