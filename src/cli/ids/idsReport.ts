import type { IdsSummary } from '../../convert/ids/listIds.js';
import type { NoRow } from '../../convert/waves/mapName.js';
import { printable } from '../../read/printable.js';
import { amount, number } from '../../report/amount.js';
import { quoted } from '../conversion/quoted.js';
import { pointed } from '../conversion/rejections.js';
import type { Paint } from '../style.js';
import { indented } from '../table.js';
import { wrap } from '../wrap.js';

/** What a run of `ids` was asked for, and how it is shown. */
export interface IdsPage {
  readonly inputs: readonly string[];
  readonly out: string;
  readonly idMap: string | undefined;
  readonly width: number;
  readonly colours: Paint;
}

/** How many of a kind are named before the rest is only counted. */
const MOST = { types: 6, withoutRow: 5, unreadable: 5 };

const NO_ROW: { readonly [reason in NoRow]: string } = {
  unreadable: 'a text that names no record',
  'no-system': 'an identifier without a system',
  contained: 'a contained record without an identifier',
};

/** What a run of `ids` wrote, in numbers: no id, no identifier, no name. */
export function idsReport(summary: IdsSummary, page: IdsPage): string[] {
  return [unread, written, unconfirmed, withoutRow, servers, rejected, next].flatMap((part) => part(summary, page));
}

function unread({ unreadable }: IdsSummary, { width, colours }: IdsPage): string[] {
  if (unreadable.length === 0) return [];
  const rest = unreadable.length - MOST.unreadable;
  return [
    colours.bad('Not read to the end, so that rows may be missing:'),
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

function written({ rows, references, known, records }: IdsSummary, { out, idMap, width, colours }: IdsPage): string[] {
  if (records.converting === 0) {
    const none = 'No record of the input converts, so that nothing is pointed at. No file was written.';
    return wrap(none, width).map(colours.warn);
  }
  const all = Object.entries(rows.byType);
  const rest = all.length - MOST.types;
  const named = all
    .slice(0, MOST.types)
    .map(([type, count]) => `${type === '' ? 'of unknown type' : type} ${number(count)}`);
  const types = [...named, ...(rest > 0 ? [`… ${amount(rest, 'more type')}`] : [])].join(', ');
  const map =
    idMap === undefined
      ? []
      : wrap(
          `The id map ${printable(idMap)} knows ${number(known)} of ${amount(known + references, 'reference')}.`,
          width,
        ).map(known === 0 && references > 0 ? colours.bad : (line) => line);
  if (rows.total === 0) return [...map, ...wrap(`No id is missing. Wrote ${printable(out)} without a row.`, width)];
  const said = `Wrote ${amount(rows.total, 'row')} to ${printable(out)} (${types}), for ${amount(references, 'reference')}: it holds identifiers of records; keep it as you keep the export.`;
  return [...map, ...wrap(said, width)];
}

function unconfirmed({ rows, candidates }: IdsSummary, { width, colours }: IdsPage): string[] {
  if (candidates === undefined) return [];
  const { people, one, several } = candidates;
  const none = rows.total - one - several;
  const said = `Candidates among ${number(people)} ${people === 1 ? 'person' : 'people'}: ${number(one)} with one, ${number(several)} with several, ${number(none)} with none. No id was filled in: confirm each, for a wrong one puts a record into somebody else's chart.`;
  return wrap(said, width).map(colours.warn);
}

function withoutRow({ withoutRow: all }: IdsSummary, { width, colours }: IdsPage): string[] {
  if (all.length === 0) return [];
  const total = all.reduce((sum, { references }) => sum + references, 0);
  const rest = all.length - MOST.withoutRow;
  const can = total === 1 ? 'reference has no row, and can have none' : 'references have no row, and can have none';
  return [
    ...wrap(`${number(total)} ${can}:`, width).map(colours.warn),
    ...all
      .slice(0, MOST.withoutRow)
      .flatMap(({ references, element, reason, first }) =>
        indented(`${number(references)} at ${element}: ${NO_ROW[reason]} (first: ${printable(first)})`, width),
      ),
    ...(rest > 0 ? [`  … ${amount(rest, 'more place')}`] : []),
  ];
}

function servers({ servers: count }: IdsSummary, { width, colours }: IdsPage): string[] {
  if (count < 2) return [];
  const said = `Absolute references are to ${number(count)} servers, and each record of them has a row of its own. If one is the server of the export, name it with --base-url, in convert, too.`;
  return wrap(said, width).map(colours.warn);
}

function rejected({ records: { rejected: count } }: IdsSummary, { width }: IdsPage): string[] {
  if (count === 0) return [];
  const are = count === 1 ? 'record is' : 'records are';
  const said = `${number(count)} ${are} rejected by convert for other reasons: what nothing else points at has no row.`;
  return wrap(said, width);
}

function next({ rows, records }: IdsSummary, { inputs, out, idMap, width }: IdsPage): string[] {
  if (rows.total === 0 || records.converting === 0) return [];
  if (idMap !== undefined) return pointed(`Fill in the column id, and add the rows to ${printable(idMap)}.`, width);
  const command = `clinik-fhir convert ${inputs.map(quoted).join(' ')} --id-map ${quoted(out)} --out payloads`;
  return [...pointed('Fill in the column id, and run:', width), `  ${printable(command)}`];
}
