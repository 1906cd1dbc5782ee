import type { Loss } from '../../lens/diff.js';
import type { Bytes } from '../../read/jsonValues.js';
import { type Source, sourceOf } from '../../read/source.js';
import type { Conversion, RawCopy, Rejection, Upload } from '../conversion.js';
import type { Filed } from '../filed.js';
import { lossSets } from '../losses/lossSets.js';
import { residueOf } from '../residueText.js';
import type { Kind } from '../set/askedKinds.js';

/** What a thread answers of some lines. */
export type Answer =
  /** Records that others have to be looked for first, of these kinds; nothing was made of the lines. */
  | { readonly asked: readonly Kind[] }
  | {
      /** `Told`, as JSON: to copy it as text costs less than as objects. */
      readonly told: string;
      /** What is written, one after the other. */
      readonly bytes: Uint8Array;
    };

/** What is told of some lines. */
interface Told {
  readonly records: readonly Sent[];
  /** Lists of losses that this thread tells of for the first time, with numbers on from those before. */
  readonly lists: readonly (readonly Loss[])[];
  /** The number of the first of them. Where it is 0 those before are forgotten. */
  readonly first: number;
  readonly thread: number;
}

/** A span of the bytes of an answer. */
type Span = readonly [start: number, end: number];

type SentRaw = Pick<RawCopy, 'type' | 'upload'> & { readonly at: Span };

/** A record without its bytes, and a source without its file. */
type Sent = { readonly source: Omit<Source, 'file'> } & (
  | (Pick<Extract<Filed, { kind: 'converted' }>, 'kind' | 'name' | 'issues'> & {
      readonly line: Span;
      /** The number of its list of losses; -1 where it has none. */
      readonly losses: number;
      readonly upload: Upload | undefined;
      readonly residue: Span | undefined;
      readonly raw: SentRaw | undefined;
    })
  | (Pick<Extract<Conversion, { kind: 'raw' }>, 'kind' | 'issues'> & { readonly raw: SentRaw })
  | (Omit<Rejection, 'kept' | 'raw'> & { readonly kept: Span; readonly raw: SentRaw | undefined })
  | (Omit<Extract<Conversion, { kind: 'skipped' }>, 'source' | 'bytes' | 'fix'> & { readonly own: Span | undefined })
);

const NOTHING = Buffer.alloc(0);

/** In a thread: makes answers. `hasOutputs` is false where nobody writes outputs and residues. */
export function answers(thread: number, hasOutputs: boolean) {
  const held = heldBytes();
  let records: Sent[] = [];
  let lists: (readonly Loss[])[] = [];
  let numbers = new Map<readonly Loss[], number>();
  let first = 0;
  const listOf = lossSets();

  const add = (bytes: Bytes | string): Span => {
    // What is a stream is no line that is shared.
    if (typeof bytes === 'string' || Buffer.isBuffer(bytes)) return held.add(bytes);
    return [0, 0];
  };
  const rawOf = (raw: RawCopy | undefined): SentRaw | undefined =>
    raw && { type: raw.type, upload: raw.upload, at: add(raw.bytes()) };
  const numberOf = (losses: readonly Loss[]): number => {
    if (losses.length === 0) return -1;
    const list = listOf(losses);
    const known = numbers.get(list);
    if (known !== undefined) return known;
    const number = numbers.size;
    numbers.set(list, number);
    lists.push(list);
    return number;
  };
  const sent = (conversion: Conversion): Sent => {
    const { file: _, ...source } = conversion.source;
    if (conversion.kind === 'converted') {
      const { kind, name, issues, output, losses, residue, upload, raw, bytes } = conversion;
      return {
        source,
        kind,
        name,
        issues,
        losses: numberOf(losses),
        upload,
        line: hasOutputs ? add(`${JSON.stringify(output)}\n`) : [0, 0],
        residue: residue === undefined || !hasOutputs ? undefined : add(residueOf(residue, bytes)),
        raw: rawOf(raw),
      };
    }
    if (conversion.kind === 'raw') {
      const { kind, issues, raw } = conversion;
      return { source, kind, issues, raw: { type: raw.type, upload: raw.upload, at: add(raw.bytes()) } };
    }
    const { bytes, fix: _fix, ...other } = conversion;
    if (other.kind === 'skipped')
      return { ...other, source, own: other.reason === 'no-resource' ? add(bytes()) : undefined };
    return { ...other, source, kept: add(other.kept()), raw: rawOf(other.raw) };
  };

  return {
    add(conversion: Conversion): void {
      records.push(sent(conversion));
    },
    /** What was added since the last answer. */
    take(): Answer {
      const told: Told = { records, lists, first, thread };
      const answer = { told: JSON.stringify(told), bytes: held.take() };
      first += lists.length;
      [records, lists] = [[], []];
      if (first >= MOST_LISTS) [numbers, first] = [new Map(), 0];
      return answer;
    },
    /** Forgets it: others have to be looked for first. The lists that it has are told the next time. */
    forget(): void {
      held.forget();
      records = [];
    },
  };
}

/** Lists that a thread tells of before it begins anew. */
const MOST_LISTS = 10_000;

/** Bytes that there is room for at first. */
const ROOM = 1024 * 1024;

/** Collects bytes in memory that is used again. */
function heldBytes() {
  let all = Buffer.allocUnsafeSlow(ROOM);
  let size = 0;
  const reserve = (more: number): void => {
    if (size + more <= all.length) return;
    const larger = Buffer.allocUnsafeSlow(Math.max(size + more, 2 * all.length));
    all.copy(larger, 0, 0, size);
    all = larger;
  };
  return {
    add(bytes: Buffer | string): Span {
      const start = size;
      // A code unit takes three bytes at most.
      reserve(typeof bytes === 'string' ? 3 * bytes.length : bytes.length);
      size += typeof bytes === 'string' ? all.write(bytes, start) : bytes.copy(all, start);
      return [start, size];
    },
    /** What was added, in memory of its own, which is handed over. */
    take(): Uint8Array {
      const taken = new Uint8Array(size);
      taken.set(all.subarray(0, size));
      if (all.length > 8 * ROOM) all = Buffer.allocUnsafeSlow(ROOM);
      size = 0;
      return taken;
    },
    forget(): void {
      size = 0;
    },
  };
}

/** Reads the answers of threads, those of each in their order. */
export function answerReader(): (file: string, answer: Exclude<Answer, { asked: unknown }>) => Filed[] {
  const known = new Map<number, (readonly Loss[])[]>();
  const listOf = lossSets();
  return (file, { told, bytes: { buffer, byteOffset, byteLength } }) => {
    const { records, lists, first, thread }: Told = JSON.parse(told);
    const ofThread = known.get(thread) ?? [];
    known.set(thread, ofThread);
    if (first === 0) ofThread.length = 0;
    for (const list of lists) ofThread.push(listOf(list));
    const all = Buffer.from(buffer, byteOffset, byteLength);
    const at =
      ([start, end]: Span) =>
      (): Buffer =>
        all.subarray(start, end);
    const rawOf = (raw: SentRaw | undefined): { raw?: RawCopy } =>
      raw === undefined ? {} : { raw: { type: raw.type, upload: raw.upload, bytes: at(raw.at) } };
    return records.map((sent): Filed => {
      const { line, entry, resourceType, id } = sent.source;
      const source = sourceOf({ file, line, ...(entry === undefined ? {} : { entry }) }, resourceType, id);
      const bytes = (): Buffer => NOTHING;
      if (sent.kind === 'converted') {
        const { kind, name, issues, upload, residue } = sent;
        const losses = ofThread[sent.losses] ?? [];
        return {
          source,
          bytes,
          kind,
          name,
          issues,
          losses,
          line: at(sent.line),
          ...(upload === undefined ? {} : { upload }),
          ...(residue === undefined ? {} : { residue: () => at(residue)().toString() }),
          ...rawOf(sent.raw),
        };
      }
      if (sent.kind === 'raw') {
        const { type, upload, at: span } = sent.raw;
        return { source, bytes, kind: 'raw', issues: sent.issues, raw: { type, upload, bytes: at(span) } };
      }
      if (sent.kind === 'skipped') {
        const { own, ...skipped } = sent;
        return { ...skipped, source, bytes: own === undefined ? bytes : at(own) };
      }
      const { kept, raw, ...rejection } = sent;
      return { ...rejection, source, bytes: at(kept), kept: at(kept), ...rawOf(raw) };
    });
  };
}
