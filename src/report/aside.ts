import type { Inputs, LeftOut } from '../read/findInputs.js';
import type { Aside } from '../read/folder/aside.js';
import type { NoInput } from '../read/folder/jsonKinds.js';
import { otherFormat } from '../read/folder/otherFormat.js';
import { amount, number } from './amount.js';
import { type ExportSummary, exportNotes, exportSummaries } from './exports.js';

/** How many of a kind are named before the rest is only counted. */
const MOST = 5;

const KINDS: { readonly [kind in LeftOut['kind']]: string } = {
  pipe: 'a pipe',
  device: 'a device',
  socket: 'a socket',
};

/** What files are that hold no records: of one, and of several. */
const NO_RECORDS: { readonly [kind in NoInput['kind']]: readonly [one: string, several: string] } = {
  'export-manifest': ['manifest of a bulk export', 'manifests of bulk exports'],
  'export-log': ['log of a bulk export client', 'logs of bulk export clients'],
  log: ['log', 'logs'],
  project: ['file of a project', 'files of projects'],
  baseline: ['baseline of clinik-fhir', 'baselines of clinik-fhir'],
  settings: ['file of settings of clinik-fhir', 'files of settings of clinik-fhir'],
  findings: ['file of findings', 'files of findings'],
  'id-map': ['id map', 'id maps'],
};

/** What a run did not read of its inputs, and what their manifests say of them. */
export interface NotRead extends Pick<Inputs, 'leftOut' | 'aside' | 'unmatched'> {
  readonly exports: readonly ExportSummary[];
}

/** The same, of inputs that were read to their end, or not at all. */
export function notReadOf({ leftOut, aside, unmatched, exports }: Inputs): NotRead {
  return { leftOut, aside, unmatched, exports: exportSummaries(exports) };
}

/** What of the inputs was not read, in sentences: nobody shall take it for read. None where everything was. */
export function asideOf({ leftOut, aside, unmatched, exports }: NotRead): string[] {
  const rest = leftOut.length - MOST;
  const named = leftOut
    .slice(0, MOST)
    .map(({ path, kind }) => `${path}: it is ${KINDS[kind]}, which is read only where it is named itself.`);
  return [
    ...named,
    ...(rest > 0 ? [`And ${amount(rest, 'other')} that are no files.`] : []),
    ...exportNotes(exports),
    ...withoutRecords(aside),
    ...ofOtherFormats(aside),
    ...ofOtherNames(aside),
    ...unasked(aside),
    ...excluded(aside),
    ...unmatched.map((option) => `${option}: it matches no file.`),
  ];
}

function withoutRecords(aside: readonly Aside[]): string[] {
  const said = Object.entries(NO_RECORDS).flatMap(([kind, [one, several]]) => {
    const count = countOf(aside, kind);
    return count === 0 ? [] : [{ count, says: `${number(count)} ${count === 1 ? one : several}` }];
  });
  const total = said.reduce((sum, { count }) => sum + count, 0);
  if (total === 0) return [];
  const was = total === 1 ? 'holds no records, and was skipped' : 'hold no records, and were skipped';
  return [`${amount(total, 'file')} ${was}: ${said.map(({ says }) => says).join(', ')}.`];
}

function ofOtherFormats(aside: readonly Aside[]): string[] {
  const all = aside.flatMap(({ reason, count, endings = {} }) => {
    const format = otherFormat(reason);
    return format === undefined ? [] : [{ format, count, endings: Object.keys(endings).filter((one) => one !== '') }];
  });
  // Each is named: a format that nobody is told of is not missed.
  return all.map(({ format: { name, advice }, count, endings }) => {
    const ends = endings.length === 0 ? '' : ` (${endings.slice(0, MOST).join(', ')})`;
    const does = advice === undefined ? '' : `; ${advice}`;
    return `${amount(count, 'file')} ${count === 1 ? 'was' : 'were'} skipped as ${name}${ends}${does}.`;
  });
}

function ofOtherNames(aside: readonly Aside[]): string[] {
  const { endings = {} } = aside.find(({ reason }) => reason === 'other-name') ?? {};
  const counts = Object.entries(endings).sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1));
  const total = counts.reduce((sum, [, count]) => sum + count, 0);
  if (total === 0) return [];
  const said = counts
    .slice(0, MOST)
    .map(([ending, count]) => `${count} ${ending === '' ? 'without an ending' : ending}`);
  if (counts.length > MOST) said.push('…');
  const was = total === 1 ? 'was skipped, for its name is' : 'were skipped, for their names are';
  return [
    `${amount(total, 'file')} ${was} that of no input (.json, .ndjson, .jsonl, gzipped or not): ${said.join(', ')}.`,
  ];
}

/** What is passed over by its name or its place, and could hold records. */
function unasked(aside: readonly Aside[]): string[] {
  const [hidden, earlier] = [countOf(aside, 'hidden'), countOf(aside, 'earlier-run')];
  const were = (count: number): string => (count === 1 ? 'was' : 'were');
  return [
    ...(hidden === 0
      ? []
      : [`${number(hidden)} hidden ${hidden === 1 ? 'file or folder' : 'files or folders'} ${were(hidden)} skipped.`]),
    ...(earlier === 0
      ? []
      : [
          `${earlier === 1 ? '1 file or folder' : `${number(earlier)} files or folders`} ${were(earlier)} skipped as what an earlier run of clinik-fhir reported or set aside.`,
        ]),
  ];
}

function excluded(aside: readonly Aside[]): string[] {
  const count = countOf(aside, 'excluded');
  return count === 0
    ? []
    : [`${amount(count, 'file')} ${count === 1 ? 'was' : 'were'} left out by --include and --exclude.`];
}

function countOf(aside: readonly Aside[], reason: string): number {
  return aside.find((one) => one.reason === reason)?.count ?? 0;
}
