import { join } from 'node:path';
import type { Plan } from '../convert/planUpload.js';
import type { IssueCount, Summary } from '../convert/summary.js';
import { printable } from '../read/printable.js';
import { BODY_FILES, FOLDERS, LOSSES, REJECTS, REPORT_FILES, RETRACTIONS, SOURCES, SUMMARY } from '../read/runFiles.js';
import { amount, number } from '../report/amount.js';
import { asideOf } from '../report/aside.js';
import { type Paint, paint } from './style.js';
import { counted, indented, type Row, table } from './table.js';
import { bulkImport, circles, toRejected, waveSizes } from './uploadLines.js';
import { wrap } from './wrap.js';

/** How many of a kind are named before the rest is only counted. */
const MOST = { written: 10, types: 8, losses: 4, rejects: 5, warnings: 2, unreadable: 5, paths: 3 };

/** What a run did, for the person who started it, in lines of at most `width` characters where names allow. */
export function report(summary: Summary, out: string, width: number, colours: Paint = paint({})): string {
  const page: Page = { summary, out: printable(out), width, colours };
  return [total, unread, aside, written, upload, skipped, losses, rejects, retractions, warnings, files]
    .map((part) => part(page))
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n');
}

/** What is said of a plan, and of a run. */
export interface PlanPage {
  readonly summary: Plan;
  readonly width: number;
  readonly colours: Paint;
}

interface Page extends PlanPage {
  readonly summary: Summary;
  readonly out: string;
}

function total(page: Page): string[] {
  return headline(page, page.summary.dryRun ? 'A dry run: only reports were written.' : '');
}

const PLAIN = paint({}, {});

/** How many records there were, and what became of them. Without colours where it has to be wrapped. */
export function headline({ summary: { records, files }, width, colours }: PlanPage, note: string): string[] {
  const { converted, rejected, skipped: passed } = records;
  const sentence = ({ bold, good, bad, dim }: Paint): string => {
    const head = bold(`${amount(records.in.total, 'record')} in ${amount(files.read.length, 'file')}`);
    const refused = (rejected.total > 0 ? bad : dim)(`${number(rejected.total)} rejected`);
    return `${head}: ${good(`${number(converted.total)} converted`)}, ${refused}, ${number(passed.total)} skipped. ${note}`.trimEnd();
  };
  const plain = sentence(PLAIN);
  return plain.length > width ? wrap(plain, width) : [sentence(colours)];
}

/** The files that could not be read. */
export function unread({ summary, width, colours }: PlanPage): string[] {
  const { unreadable } = summary.files;
  if (unreadable.length === 0) return [];
  const rest = unreadable.length - MOST.unreadable;
  return [
    colours.bad('Not read to the end:'),
    ...unreadable
      .slice(0, MOST.unreadable)
      .flatMap(({ file, line, diagnostics }) =>
        indented(
          `${printable(file)}${line === undefined ? '' : `, after line ${number(line)}`}: ${diagnostics}`,
          width,
        ),
      ),
    ...(rest > 0 ? [`  and ${amount(rest, 'other file')}`] : []),
  ];
}

/** What of the folders was not read. */
export function aside({ summary: { files }, width }: PlanPage): string[] {
  const leftOut = files.leftOut.map(({ file, kind }) => ({ path: file, kind }));
  return asideOf({ leftOut, endings: files.endings }).flatMap((said) => wrap(printable(said), width));
}

function written({ summary, out, colours }: Page): string[] {
  const { bulkImport: bulk, files } = summary;
  if (summary.dryRun) return [];
  const records = files.written.filter(
    ({ file }) => !REPORT_FILES.includes(file) && !FOLDERS.some((folder) => file.startsWith(`${folder}/`)),
  );
  const raw = files.written.filter(({ file }) => file.startsWith('fhir/'));
  const bodies = bulk === undefined || bulk.operations === 0 ? [] : [{ file: BODY_FILES, lines: bulk.operations }];
  const all = [...bodies, ...records, ...raw];
  if (all.length === 0) return ['Nothing was converted.'];
  const rest = all.length - MOST.written;
  return [
    colours.bold(`Written, ${bodies.length === 0 ? 'each line ' : ''}ready to send:`),
    ...counted(all.slice(0, MOST.written).map(({ file, lines }) => [lines, colours.name(join(out, file))])),
    ...(rest > 0 ? [`  and ${amount(rest, 'other file')}`] : []),
  ];
}

function upload({ summary, width }: Page): string[] {
  return [waveSizes, toRejected, circles, bulkImport].flatMap((say) => {
    const said = say(summary);
    return said === undefined ? [] : wrap(said, width);
  });
}

function skipped({
  summary: {
    records: {
      skipped: { byType, byReason },
    },
    deletions = 0,
  },
  width,
}: Page): string[] {
  const reasons = [
    byReason['other-type'] === undefined ? [] : ['there is no payload for their type'],
    byReason['same-form'] === undefined ? [] : ['they are in the form already that --to asks for'],
    (byReason['no-resource'] ?? 0) > deletions ? ['the Bundle entry holds no resource'] : [],
    deletions > 0 ? ['the Bundle entry says that they were deleted'] : [],
    byReason['older-version'] === undefined ? [] : ['there is a newer version of them'],
    byReason.copy === undefined ? [] : ['they are copies of others'],
  ].flat();
  const types = Object.entries(byType).map(([type, count]) => `${number(count)} ${type}`);
  if (types.length === 0) return [];
  const rest = types.length - MOST.types;
  const named = types.slice(0, MOST.types).join(', ') + (rest > 0 ? `, and ${amount(rest, 'other type')}` : '');
  return wrap(`Skipped, because ${reasons.join(', or ')}: ${named}.`, width);
}

const KINDS = { missing: 'left out', changed: 'changed', added: 'added' } as const;

function losses({ summary: { losses: all }, width, colours }: Page): string[] {
  const content = all.filter((loss) => loss.class === 'content');
  if (content.length === 0) return [];
  const shown = content.slice(0, MOST.losses);
  const rest = content.length - shown.length;
  const rows = shown.map(
    ({ count, path, kind, records }): Row => [
      count,
      `${path} was ${KINDS[kind]}${records === count ? '' : `, in ${amount(records, 'record')}`}`,
    ],
  );
  return [
    colours.bold('What the payloads cannot say, most often:'),
    ...table(rows, width),
    ...(rest > 0 ? [`  and ${amount(rest, 'other place')}`] : []),
  ];
}

/** Why records were refused. */
export function rejects({ summary: { rejects: all }, width, colours }: PlanPage): string[] {
  if (all.length === 0) return [];
  return [colours.bold('Rejected, by reason:'), ...issues(all, MOST.rejects, width)];
}

function retractions({ summary: { retractions: count, deletions = 0 }, width }: Page): string[] {
  if (count === 0) return [];
  const entered = count - deletions;
  const rejected = `${number(entered)} of the rejected ${entered === 1 ? 'was' : 'were'} entered in error`;
  const deleted = `${amount(deletions, 'record')} ${deletions === 1 ? 'was' : 'were'} deleted at the source`;
  const said = [entered === 0 ? [] : rejected, deletions === 0 ? [] : deleted].flat().join(', and ');
  const them = count === 1 ? 'it' : 'them';
  return wrap(`${said}: delete ${them} where an earlier upload holds ${them}.`, width);
}

function warnings({ summary: { warnings: all }, width, colours }: Page): string[] {
  if (all.length === 0) return [];
  const said = all.map((issue) => ({ ...issue, paths: [] }));
  return [colours.bold('Worth knowing of the converted ones:'), ...issues(said, MOST.warnings, width)];
}

function files({
  summary: {
    files: { written: all },
    dryRun,
    deletions = 0,
  },
  out,
  colours,
}: Page): string[] {
  const has = (file: string): boolean => all.some((one) => one.file === file);
  const rows: [file: string, what: string][] = [];
  if (has(REJECTS)) rows.push([REJECTS, 'each rejected record: file, line, reasons']);
  if (has(REJECTS) && !dryRun) rows.push(['rejected/', 'these records, to correct and convert again']);
  if (has(RETRACTIONS))
    rows.push([RETRACTIONS, `the records that were entered in error${deletions === 0 ? '' : ', or deleted'}`]);
  if (has(LOSSES)) rows.push([LOSSES, 'each loss of each record']);
  if (has(SOURCES)) rows.push([SOURCES, 'where each of the other records went, and its wave']);
  rows.push([SUMMARY, 'all the counts']);
  const margin = Math.max(...rows.map(([file]) => join(out, file).length));
  return [
    colours.bold('Where to look:'),
    ...rows.map(([file, what]) => `  ${colours.name(join(out, file).padEnd(margin))}  ${what}`),
  ];
}

/** Issues in words, with where they were found. */
function issues(all: readonly IssueCount[], most: number, width: number): string[] {
  const rest = all.length - most;
  const rows = all
    .slice(0, most)
    .map(({ id, records, diagnostics, paths }): Row => [records, `${id}: ${diagnostics}${at(paths)}`]);
  return [...table(rows, width), ...(rest > 0 ? [`  and ${amount(rest, 'other reason')}`] : [])];
}

function at(paths: IssueCount['paths']): string {
  if (paths.length === 0) return '';
  const rest = paths.length - MOST.paths;
  const named = paths.slice(0, MOST.paths).map(({ path }) => path);
  return ` At ${named.join(', ')}${rest > 0 ? `, and ${amount(rest, 'other place')}` : ''}.`;
}
