import { isPath } from '../../read/payloadPath.js';
import { REJECTS, RESIDUES, rawFile, recordFile, SOURCES } from '../../read/runFiles.js';
import { lenses, type Path } from '../../resources/registry.js';
import type { Outputs } from '../outputFolder.js';
import { BETWEEN, bodyFrame, inBody } from './body.js';
import type { At, Layout } from './layOut.js';
import { PATHS, type Payloads } from './payloads.js';

/**
 * Gives each record that is sent its wave, in `sources.ndjson` and, where it is rejected and goes as it came, in `rejects.ndjson`, and
 * puts it where it is to stand. Reads the outputs line by line; flat in memory.
 * @throws the signal's reason.
 */
export async function arrange(
  outputs: Outputs,
  payloads: Payloads,
  layout: Layout,
  signal: AbortSignal | undefined,
): Promise<void> {
  if (payloads.count === 0) return;
  const { order, isRejected, pathOf } = payloads;
  const run = { outputs, payloads, layout, signal };
  const more = (record: number): string =>
    `,"wave":${order.waveOf(record)}${payloads.isKnown(record) ? ',"known":true' : ''}${listed('cut', order.cutOf(record))}` +
    `${listed('toRejected', order.rejectedOf(record))}${listed('outside', order.outsideOf(record))}`;
  await rewrite(run, SOURCES, { isOf: (record) => !isRejected(record), more, spansOf: bothSpans });
  if (payloads.rawTypes.length > 0) await rewrite(run, REJECTS, { isOf: isRejected, more, spansOf: rawSpan });
  if (layout.isPlain) return;
  await rewrite(run, RESIDUES, {
    isOf: (record) => pathOf(record) !== undefined,
    more: () => '',
    spansOf: payloadSpan,
  });
  for (const path of PATHS) await move(run, path);
  if (layout.packing === undefined) for (const type of payloads.rawTypes) await moveRaw(run, type);
}

const listed = (key: string, elements: readonly string[]): string =>
  elements.length === 0 ? '' : `,"${key}":${JSON.stringify(elements)}`;

interface Run {
  readonly outputs: Outputs;
  readonly payloads: Payloads;
  readonly layout: Layout;
  readonly signal: AbortSignal | undefined;
}

/** How the lines of a report change. */
interface Rewriting {
  /** True for a record that has a line there. */
  readonly isOf: (record: number) => boolean;
  /** What comes at the end of its line. */
  readonly more: (record: number) => string;
  /** Where a line says where the record stands that it is about; nothing where it is about none that is sent. */
  readonly spansOf: (line: string) => readonly Span[];
}

/** Writes a report again, with more at the end of each line about a record that is sent, and the places where that stands. */
async function rewrite({ outputs, payloads, layout, signal }: Run, file: string, how: Rewriting): Promise<void> {
  const { count, pathOf, rawTypeOf } = payloads;
  const [placeOf, rawPlaceOf] = [layout.places(), layout.rawPlaces()];
  let record = -1;
  /** The places of the next record that has a line here; those before it take up lines of the same files. */
  const next = (): { readonly [what in Span['what']]: At | undefined } & { readonly record: number } => {
    for (;;) {
      record += 1;
      const output = layout.isPlain || pathOf(record) === undefined ? undefined : placeOf(record);
      const raw = layout.isPlain || rawTypeOf(record) === undefined ? undefined : rawPlaceOf(record);
      if (record >= count || how.isOf(record)) return { record, output, raw };
    }
  };
  for await (const lines of outputs.takeLatin(file)) {
    signal?.throwIfAborted();
    let text = '';
    for (const line of lines) {
      const spans = how.spansOf(line);
      if (spans.length === 0) text += `${line}\n`;
      else {
        const places = next();
        const at = layout.isPlain ? [] : spans.map((span) => ({ ...span, at: places[span.what] }));
        text += `${moved(line, at)}${how.more(places.record)}}\n`;
      }
    }
    const adding = outputs.lines(file, Buffer.from(text, 'latin1'), lines.length);
    if (adding !== undefined) await adding;
  }
}

/** The numbers of some records, one after the other. */
function numbersOf({ count }: Payloads, isOf: (record: number) => boolean): () => number {
  let record = -1;
  return () => {
    do record += 1;
    while (record < count && !isOf(record));
    return record;
  };
}

interface Span {
  readonly what: 'output' | 'raw';
  readonly start: number;
  readonly end: number;
}

/** Reports' own keys: what a string holds has its quotes escaped, and before them stands no object but the source. */
const KEYS = { output: '"output":{"file":"', raw: '"raw":{"file":"' } as const;

/** Where a line says in which output a payload is. */
function payloadSpan(line: string): Span[] {
  const start = line.indexOf(KEYS.output);
  if (start < 0) return [];
  const name = start + KEYS.output.length;
  const path = line.slice(name, line.indexOf('.', name));
  return isPath(path) ? [{ what: 'output', start, end: line.indexOf('}', name) + 1 }] : [];
}

/** Where a line says in which file a record is as it came. */
function rawSpan(line: string): Span[] {
  const start = line.indexOf(KEYS.raw);
  return start < 0 ? [] : [{ what: 'raw', start, end: line.indexOf('}', start + KEYS.raw.length) + 1 }];
}

const bothSpans = (line: string): Span[] => [...payloadSpan(line), ...rawSpan(line)];

/** A line without its last brace, with other places. */
function moved(line: string, spans: readonly (Span & { readonly at: At | undefined })[]): string {
  let [text, from] = ['', 0];
  for (const { what, start, end, at } of spans) {
    text += `${line.slice(from, start)}"${what}":${JSON.stringify(at)}`;
    from = end;
  }
  return text + line.slice(from, -1);
}

/** Moves the payloads of a path to where they stand in the end. */
async function move({ outputs, payloads, layout, signal }: Run, path: Path): Promise<void> {
  const place = layout.places();
  const write = layout.packing === undefined ? inLines(outputs) : inBodies(outputs, path);
  const next = numbersOf(payloads, (payload) => payloads.pathOf(payload) === path);
  for await (const lines of outputs.take(recordFile(path))) {
    signal?.throwIfAborted();
    for (const line of lines) {
      const number = next();
      const adding = write.add(line, place(number), payloads.order.waveOf(number));
      if (adding !== undefined) await adding;
    }
  }
  await write.end();
}

/** Moves the records of a type that go as they are to the folders of their waves. */
async function moveRaw({ outputs, payloads, layout, signal }: Run, type: string): Promise<void> {
  const place = layout.rawPlaces();
  const { add } = inLines(outputs);
  const next = numbersOf(payloads, (record) => payloads.rawTypeOf(record) === type);
  for await (const lines of outputs.take(rawFile(type))) {
    signal?.throwIfAborted();
    for (const line of lines) {
      const record = next();
      const adding = add(line, place(record), payloads.order.waveOf(record));
      if (adding !== undefined) await adding;
    }
  }
}

/** Writes payloads to their places. */
interface Writer {
  /** Await it before the next one. */
  add(line: Buffer, at: At, wave: number): Promise<void> | undefined;
  end(): Promise<void>;
}

function inLines(outputs: Outputs): Writer {
  return {
    // A copy, since one that waits for its turn would hold on to all that was read with it.
    add: (line, { file }) => outputs.line(file, Buffer.from(line)),
    end: async () => {},
  };
}

function inBodies(outputs: Outputs, path: Path): Writer {
  const { before, after } = bodyFrame(lenses[path].resourceType);
  const ending = Buffer.from(after);
  /** The body that is being filled, by wave. */
  const open = new Map<number, string>();
  return {
    async add(line, { file }, wave) {
      const last = open.get(wave);
      if (last !== undefined && last !== file) await outputs.line(last, ending);
      open.set(wave, file);
      await outputs.append(file, Buffer.from(`${last === file ? BETWEEN : before}${inBody(line.toString())}`));
    },
    async end() {
      for (const file of open.values()) await outputs.line(file, ending);
    },
  };
}
