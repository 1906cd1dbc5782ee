import type { Plan } from '../convert/planUpload.js';
import { amount, number } from '../report/amount.js';
import { type Asked, idMapUse } from './conversion/mapUse.js';
import { aside, fixes, headline, type PlanPage, rejects, unread, waiting } from './convertReport.js';
import { type Paint, paint } from './style.js';
import { type Row, table } from './table.js';
import { bulkImport, circles, listed, waveCount } from './uploadLines.js';
import { wrap } from './wrap.js';

/** How many waves are listed before the rest is only counted. */
const MOST_WAVES = 20;

/** What a run would do, for the person who asked for it, in lines of at most `width` characters where names allow. */
export function planReport(summary: Plan, width: number, colours: Paint = paint({}), asked?: Asked): string {
  const page: PlanPage = { summary, width, colours, asked };
  return [total, unread, aside, fixes, idMapUse, waves, waiting, references, cycles, bulk, rejects]
    .map((part) => part(page))
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n');
}

function total(page: PlanPage): string[] {
  return headline(page, 'A plan: nothing was written.');
}

function waves({ summary, width, colours }: PlanPage): string[] {
  const count = waveCount(summary);
  if (count === 0) return ['There is nothing to upload.'];
  const rest = count - MOST_WAVES;
  const rows = summary.waves
    .slice(0, MOST_WAVES)
    .map(({ wave, records: { total: all, byPath } }): Row => [wave, `${amount(all, 'record')}: ${inOrder(byPath)}`]);
  return [
    colours.bold(`Upload in ${amount(count, 'wave')}${count === 1 ? '' : ', one after the other'}:`),
    ...table(rows, width),
    ...(rest > 0 ? [`  and ${amount(rest, 'other wave')}`] : []),
  ];
}

function references({ summary, width, colours }: PlanPage): string[] {
  const { total: all, mapped, inSet, skipped, rejected, outside } = summary.references;
  if (all === 0) return [];
  const rows: Row[] = [];
  const among = inSet - skipped.total - rejected.total;
  if (among > 0) rows.push([among, 'to records among these']);
  if (mapped > 0) rows.push([mapped, 'to what the id map knows']);
  if (skipped.total > 0)
    rows.push([skipped.total, `to records that have to be at ClinikAPI before: ${listed(skipped.byType)}`]);
  if (rejected.total > 0)
    rows.push([rejected.total, `to rejected records, and so to nothing: ${listed(rejected.byType)}`]);
  if (outside.total > 0) rows.push([outside.total, `to what is not in the input: ${listed(outside.byType)}`]);
  return [colours.bold('References:'), ...table(rows, width)];
}

function cycles({ summary, width }: PlanPage): string[] {
  const said = circles(summary);
  return said === undefined ? [] : wrap(said, width);
}

function bulk({ summary, width }: PlanPage): string[] {
  const said = bulkImport(summary);
  if (said === undefined || summary.bulkImport === undefined) return [];
  const { bodies, maxBody } = summary.bulkImport;
  const which = `Bodies of at most ${number(maxBody)} bytes: ${inOrder(bodies)}.`;
  return wrap(summary.bulkImport.operations === 0 ? said : `${said} ${which}`, width);
}

/** Counts by path, in the order in which they are sent: `encounters 8, labs 6`. */
function inOrder(counts: { readonly [path: string]: number }): string {
  return Object.entries(counts)
    .map(([path, count]) => `${path} ${number(count)}`)
    .join(', ');
}
