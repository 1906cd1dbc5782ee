import { join } from 'node:path';
import type { Plan } from '../convert/planUpload.js';
import type { Summary, UnreadFile } from '../convert/summary.js';
import { printable } from '../read/printable.js';
import {
  BODY_FILES,
  FOLDERS,
  isRawFile,
  LOSSES,
  REJECTS,
  REPORT_FILES,
  RETRACTIONS,
  SOURCES,
  SUMMARY,
} from '../read/runFiles.js';
import { amount, number } from '../report/amount.js';
import { asideOf } from '../report/aside.js';
import { duration, size } from '../report/measure.js';
import { withFixes } from './conversion/again.js';
import { avoidable, inOtherForm, type LossPage, unavoidable } from './conversion/lossSections.js';
import { type Asked, idMapUse } from './conversion/mapUse.js';
import { readiness } from './conversion/readiness.js';
import { allowList, issueRows, pointed } from './conversion/rejections.js';
import { skippedBesides } from './conversion/skippedBesides.js';
import { typeTable } from './conversion/typeTable.js';
import { type Paint, paint } from './style.js';
import { counted, indented } from './table.js';
import { bulkImport, circles, waveSizes } from './uploadLines.js';
import { wrap } from './wrap.js';

/** How many of a kind are named before the rest is only counted. */
const MOST = { written: 10, rejects: 5, warnings: 2, unreadable: 5 };

/** What a run did, for who started it with `args`, in lines of at most `width` characters where names allow. */
export function report(
  summary: Summary,
  out: string,
  width: number,
  colours: Paint = paint({}),
  args: readonly string[] = [],
  asked?: Asked,
): string {
  const page: Page = { summary, out: printable(out), width, colours, args, asked };
  const became = [total, unread, aside, types, idMapUse, upload, waiting];
  return [...became, kept, lost, form, refused, retractions, warnings, files]
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
  readonly asked?: Asked | undefined;
}

interface Page extends PlanPage {
  readonly summary: Summary;
  readonly out: string;
  readonly args: readonly string[];
}

/** `clinik-fhir 0.2.0 · 191,046 records · 27 files · 241 MB · 19.3 s`, without what is not known. */
function total({ summary: { records, files, run, dryRun }, width, colours }: Page): string[] {
  const said = [
    ...(run === undefined ? [] : [`clinik-fhir ${run.version}`]),
    amount(records.in.total, 'record'),
    amount(files.read.length, 'file'),
    ...(run === undefined ? [] : [size(run.bytes), duration(run.milliseconds)]),
  ];
  return [
    ...wrap(said.join(' · '), width).map(colours.bold),
    ...(dryRun ? ['A dry run: only reports were written.'] : []),
  ];
}

/** What became of the records, by type, and why some were skipped that have a mapping. */
function types(page: Page): string[] {
  const { summary, width, colours } = page;
  const table = typeTable(summary.records, width, colours);
  return [...(table.length > 0 ? table : headline(page, '')), ...skipped(page), ...fixes(page)];
}

/** What became of the records that somebody corrected. */
export function fixes({ summary: { fixes: counts }, width }: PlanPage): string[] {
  if (counts === undefined) return [];
  const { converted, rejected, skipped: passed } = counts;
  const all = converted + rejected + passed;
  const became = [
    `${number(converted)} converted`,
    `${number(rejected)} rejected again`,
    ...(passed === 0 ? [] : [`${number(passed)} skipped`]),
  ];
  return wrap(`${amount(all, 'record')} came from --fixes${all === 0 ? '' : `: ${became.join(', ')}`}.`, width);
}

/** The records that nothing is wrong with, but that point at what the id map cannot know yet. */
export function waiting({ summary: { records }, width, colours }: PlanPage): string[] {
  const { waiting: count = 0 } = records.skipped.byReason;
  if (count === 0) return [];
  const [point, wait] = count === 1 ? ['points', 'waits'] : ['point', 'wait'];
  const said = `They ${wait} for the next run: they ${point} at records of this one, whose ids the id map does not have yet.`;
  return [
    colours.bold(`WAITING ${number(count)}`),
    ...indented(count === 1 ? said.replaceAll('They', 'It').replaceAll('they', 'it') : said, width),
    ...pointed(
      'Send what was converted, add the new ids to the id map, and run the same command again.',
      width - 2,
    ).map((line) => `  ${line}`),
  ];
}

const PLAIN = paint({}, {});

/** How many records there were, and what became of them. Without colours where it has to be wrapped. */
export function headline({ summary: { records, files }, width, colours }: PlanPage, note: string): string[] {
  const { converted, raw, rejected, skipped: passed } = records;
  const sentence = ({ bold, good, bad, dim }: Paint): string => {
    const head = bold(`${amount(records.in.total, 'record')} in ${amount(files.read.length, 'file')}`);
    const sent = raw === undefined ? '' : `${good(`${number(raw.total)} sent as they are`)}, `;
    const refused = (rejected.total > 0 ? bad : dim)(`${number(rejected.total)} rejected`);
    return `${head}: ${good(`${number(converted.total)} converted`)}, ${sent}${refused}, ${number(passed.total)} skipped. ${note}`.trimEnd();
  };
  const plain = sentence(PLAIN);
  return plain.length > width ? wrap(plain, width) : [sentence(colours)];
}

/** The files that could not be read, and what a bulk export lacks. */
export function unread(page: PlanPage): string[] {
  const { unreadable } = page.summary.files;
  const ofExports = unreadable.filter(({ id }) => id.startsWith('export-'));
  const others = unreadable.filter((one) => !ofExports.includes(one));
  return [
    ...unreadFiles('Not read to the end:', others, page),
    ...unreadFiles('The bulk export is not whole:', ofExports, page),
  ];
}

function unreadFiles(title: string, files: readonly UnreadFile[], { width, colours }: PlanPage): string[] {
  if (files.length === 0) return [];
  const rest = files.length - MOST.unreadable;
  return [
    colours.bad(title),
    ...files
      .slice(0, MOST.unreadable)
      .flatMap(({ file, line, diagnostics }) =>
        indented(
          `${printable(file)}${line === undefined ? '' : `, after line ${number(line)}`}: ${diagnostics}`,
          width,
        ),
      ),
    ...(rest > 0 ? [`  and ${amount(rest, 'other')}`] : []),
  ];
}

/** What of the folders was not read. */
export function aside({ summary: { files }, width }: PlanPage): string[] {
  const leftOut = files.leftOut.map(({ file, kind }) => ({ path: file, kind }));
  return asideOf({ ...files, leftOut }).flatMap((said) => wrap(printable(said), width));
}

/** Whether the payloads can be sent, where they are, and in which order they go. */
function upload(page: Page): string[] {
  const { summary, width, colours } = page;
  const { converted, raw } = summary.records;
  if (converted.total + (raw?.total ?? 0) === 0) return ['Nothing was converted.'];
  const waves = [waveSizes, circles, bulkImport].flatMap((say) => {
    const said = say(summary);
    return said === undefined ? [] : indented(said, width);
  });
  const ready = readiness(summary, width, colours, page.asked);
  const outputs = written(page);
  const head = ready.length === 0 && outputs.length > 0 ? [colours.bold('WRITTEN')] : ready;
  return [...head, ...outputs, ...waves];
}

function written({ summary, out, colours }: Page): string[] {
  const { bulkImport: bulk, files } = summary;
  const records = files.written.filter(
    ({ file }) =>
      !REPORT_FILES.includes(file) && !isRawFile(file) && !FOLDERS.some((folder) => file.startsWith(`${folder}/`)),
  );
  const raw = files.written.filter(({ file }) => isRawFile(file));
  const bodies = bulk === undefined || bulk.operations === 0 ? [] : [{ file: BODY_FILES, lines: bulk.operations }];
  const all = [...bodies, ...records, ...raw];
  if (summary.dryRun || all.length === 0) return [];
  const rest = all.length - MOST.written;
  return [
    ...counted(all.slice(0, MOST.written).map(({ file, lines }) => [lines, colours.name(join(out, file))])),
    ...(rest > 0 ? [`  … ${amount(rest, 'more file')}`] : []),
  ];
}

const skipped = ({ summary, width }: Page): string[] => skippedBesides(summary, width);

const lossPage = ({ summary, out, width, colours }: Page): LossPage => ({
  losses: summary.losses,
  file: join(out, LOSSES),
  width,
  colours,
});

const kept = (page: Page): string[] => avoidable(lossPage(page));
const lost = (page: Page): string[] => unavoidable(lossPage(page));
const form = (page: Page): string[] => inOtherForm(lossPage(page));

/** Why records were refused. */
export function rejects({ summary: { rejects: all, records }, width, colours }: PlanPage): string[] {
  if (all.length === 0) return [];
  const head = `REJECTED ${number(records.rejected.total)}`;
  const allowed = allowList(all, width);
  return [
    colours.bold(colours.bad(head)),
    ...issueRows(all, MOST.rejects, width, true),
    ...(allowed.length === 0
      ? []
      : ['', 'To let this run convert what --strict refused, with these losses:', ...allowed]),
  ];
}

function refused(page: Page): string[] {
  const { summary, out, width, args } = page;
  const said = rejects(page);
  if (said.length === 0 || summary.dryRun || summary.records.rejected.total === 0) return said;
  return [
    ...said,
    ...indented(`Fix them in ${join(out, 'rejected')}, and convert the same input again, with --fixes:`, width),
    `    ${withFixes(args, join(out, 'rejected'))}`,
  ];
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
  return [colours.bold('WARNINGS of converted records'), ...issueRows(said, MOST.warnings, width, false)];
}

function files({
  summary: {
    files: { written: all },
    dryRun,
    deletions = 0,
  },
  out,
  width,
  colours,
}: Page): string[] {
  const has = (file: string): boolean => all.some((one) => one.file === file);
  const rows: [file: string, what: string][] = [];
  if (has(REJECTS)) rows.push([REJECTS, 'each rejected record: file, line, reasons']);
  if (all.some(({ file }) => file.startsWith('rejected/')) && !dryRun)
    rows.push(['rejected/', 'these records, to fix and convert again']);
  if (has(RETRACTIONS))
    rows.push([RETRACTIONS, `the records that were entered in error${deletions === 0 ? '' : ', or deleted'}`]);
  if (has(LOSSES)) rows.push([LOSSES, 'what each record lost, and why']);
  if (has(SOURCES)) rows.push([SOURCES, 'where each of the other records went, and its wave']);
  rows.push([SUMMARY, 'all the counts']);
  const margin = Math.max(...rows.map(([file]) => join(out, file).length));
  const room = width - margin - 4;
  const told = ([file, what]: (typeof rows)[number]): string[] => {
    // A long name leaves no room beside it.
    if (room < 24)
      return [`  ${colours.name(join(out, file))}`, ...indented(what, width - 2).map((line) => `  ${line}`)];
    const [first, ...others] = wrap(what, room);
    const name = colours.name(join(out, file).padEnd(margin));
    return [`  ${name}  ${first}`, ...others.map((line) => `${' '.repeat(margin + 4)}${line}`)];
  };
  return [colours.bold('FILES'), ...rows.flatMap(told)];
}
