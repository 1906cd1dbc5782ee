import { createReadStream } from 'node:fs';
import { pipeline, Readable } from 'node:stream';
import { CsvError, parse } from 'csv-parse';
import { type IdMapBuilder, idMapBuilder, isMapReference } from '../bundle/idMap.js';
import { isObject, own } from '../lens/json.js';
import { hasDuplicateKeys } from '../read/jsonText.js';
import { readLines } from '../read/lines.js';
import { parseJson } from '../read/parseJson.js';
import { isSystemError, reasonOf } from '../read/systemError.js';
import { UsageError } from '../read/usageError.js';
import { number } from '../report/amount.js';
import { fromCell } from './ids/cells.js';

/** How many faulty rows are listed before the rest is only counted. */
const MOST = 20;

/** Why a row of CSV has no reference and no id. */
const SHAPE = {
  two: 'A row has two columns, a reference and an id, where no header names the columns.',
  columns: 'A row has as many columns as the header; what has a comma in it stands in quotes.',
} as const;

/** What a map looks like, for whoever gave something else. */
const HELP = [
  'Columns are separated by commas. A header names reference and id; other columns may stand beside them and are ignored.',
  'Without a header there are these two, in this order. A row: Practitioner/123,prac_456',
  'In NDJSON, a line: {"reference":"Practitioner/123","id":"prac_456"}',
];

/** A map that was read from a file. */
export interface ReadIdMap extends IdMapBuilder {
  /** Rows that have no id yet, as `clinik-fhir ids` writes them: their references are not known. */
  readonly unfilled: number;
}

/** A row as it was read, or what is wrong with it. */
type Row = { readonly line: number } & (
  | { readonly reference: unknown; readonly id: unknown }
  | { readonly fault: string }
);

/**
 * Reads an id map: CSV of a source reference and a ClinikAPI id, with or without a header that names the columns `reference`
 * and `id`, or NDJSON of `{ "reference", "id" }`. Which of both shows in its first character. What `clinik-fhir ids` writes is
 * one: a row whose id is still empty is counted, and says nothing. All rows are held in memory.
 * @throws UsageError that names the lines of all rows at fault: malformed, there twice, or contradicting an earlier one; and where
 * the file cannot be read. It says what a row looks like. No value of the file is in it.
 */
export async function readIdMap(path: string): Promise<ReadIdMap> {
  const map = idMapBuilder();
  const faults: string[] = [];
  let count = 0;
  let unfilled = 0;
  const blame = (line: number, why: string): void => {
    count += 1;
    if (faults.length < MOST) faults.push(`${path}:${line}: ${why}`);
  };
  try {
    for await (const row of rowsOf(path)) {
      if ('fault' in row) {
        blame(row.line, row.fault);
        continue;
      }
      const { line, reference, id } = row;
      if (typeof reference === 'string' && isMapReference(reference) && isUnfilled(id)) {
        unfilled += 1;
        continue;
      }
      if (typeof reference !== 'string' || typeof id !== 'string') {
        blame(line, 'A row has a reference and an id, both texts.');
        continue;
      }
      const fault = map.add({ reference, id }, line);
      if (fault === undefined) continue;
      const other = fault.earlier === undefined ? '' : ` The other one is in line ${fault.earlier}.`;
      blame(line, `${fault.issue.diagnostics}${other}`);
    }
  } catch (error) {
    if (isSystemError(error)) throw new UsageError(`${path}: it cannot be read (${reasonOf(error)}).`);
    throw error;
  }
  if (count > MOST) faults.push(`and ${number(count - MOST)} more rows at fault`);
  if (faults.length > 0) throw new UsageError([...faults, ...HELP]);
  return {
    ...map,
    get size() {
      return map.size;
    },
    unfilled,
  };
}

const isUnfilled = (id: unknown): boolean => id === null || (typeof id === 'string' && id.trim() === '');

async function* rowsOf(path: string): AsyncGenerator<Row> {
  const chunks = createReadStream(path)[Symbol.asyncIterator]();
  let first = await chunks.next();
  while (first.done !== true && isBlank(first.value)) first = await chunks.next();
  if (first.done === true) return;
  const start: Buffer = first.value;
  async function* all(): AsyncGenerator<Buffer> {
    yield start;
    yield* { [Symbol.asyncIterator]: () => chunks };
  }
  if (/^\uFEFF?\s*\{/.test(start.toString('utf8', 0, 1024))) yield* jsonRows(all());
  else yield* csvRows(all());
}

const isBlank = (chunk: Buffer): boolean => chunk.toString('latin1').trim() === '';

async function* jsonRows(chunks: AsyncGenerator<Buffer>): AsyncGenerator<Row> {
  for await (const lines of readLines(chunks)) {
    for (const { number: line, bytes } of lines) {
      if (bytes === undefined || isBlank(bytes)) continue;
      const parsed = parseJson(bytes);
      if ('value' in parsed && hasDuplicateKeys(bytes.toString(), parsed.value))
        yield { line, fault: 'It has a key twice.' };
      else if ('value' in parsed && isObject(parsed.value))
        yield { line, reference: own(parsed.value, 'reference'), id: own(parsed.value, 'id') };
      else yield { line, fault: 'It is no JSON object in one line.' };
    }
  }
}

/** The positions of the two columns. */
interface Columns {
  readonly reference: number;
  readonly id: number;
  readonly isNamed: boolean;
  /** How many columns a row has: an unquoted comma in a reference would make a part of it the id. */
  readonly count: number;
}

async function* csvRows(chunks: AsyncGenerator<Buffer>): AsyncGenerator<Row> {
  const options = {
    bom: true,
    info: true,
    record_delimiter: ['\r\n', '\n', '\r'],
    relax_column_count: true,
    skip_empty_lines: true,
    trim: true,
  };
  // A failure of the file destroys the parser with it, which then throws it below.
  const parser = pipeline(Readable.from(chunks), parse(options), () => undefined);
  let columns: Columns | undefined;
  try {
    for await (const read of parser) {
      const { info, record } = checked(read);
      const line = info.lines;
      if (columns === undefined) {
        const header = headerOf(record);
        columns = header ?? { reference: 0, id: 1, count: 2, isNamed: false };
        if (header !== undefined) continue;
      }
      // A spreadsheet writes the rows below the last one, too.
      if (columns.isNamed && record.every((cell) => cell === '')) continue;
      if (record.length !== columns.count) yield { line, fault: columns.isNamed ? SHAPE.columns : SHAPE.two };
      else yield { line, reference: cellAt(record, columns.reference), id: cellAt(record, columns.id) };
    }
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    // Its message holds what it read.
    const { lines } = error;
    yield { line: typeof lines === 'number' ? lines : 1, fault: `It is no CSV (${error.code}).` };
  }
}

function cellAt(record: readonly unknown[], column: number): unknown {
  const cell = record[column];
  return typeof cell === 'string' ? fromCell(cell) : cell;
}

function checked(read: unknown): { info: { lines: number }; record: readonly unknown[] } {
  if (isObject(read) && isObject(read.info) && typeof read.info.lines === 'number' && Array.isArray(read.record))
    return { info: { lines: read.info.lines }, record: read.record };
  throw new TypeError('The CSV parser gave no record.');
}

/** The columns that a header names; undefined for a row that is none. */
function headerOf(record: readonly unknown[]): Columns | undefined {
  const names = record.map((name) => (typeof name === 'string' ? name.toLowerCase() : ''));
  const [reference, id] = [names.indexOf('reference'), names.indexOf('id')];
  return reference < 0 || id < 0 ? undefined : { reference, id, count: record.length, isNamed: true };
}
