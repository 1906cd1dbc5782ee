import { join } from 'node:path';
import { LOSSES, REJECTS, SUMMARY } from '../pipeline/files.js';
import type { Count, IssueCount, Summary } from '../pipeline/summary.js';
import { wrap } from './wrap.js';

/** How many of a kind are named before the rest is only counted. */
const MOST = { types: 8, losses: 3, rejects: 10, warnings: 5 };

/** What a run did, for the person who started it, in lines of at most `width` characters where names allow. */
export function report(summary: Summary, out: string, width: number): string {
  const parts = [
    total(summary),
    written(summary, out),
    passedOver(summary.records.passedOver, width),
    losses(summary, out),
    rejects(summary, out, width),
    warnings(summary.warnings, width),
    [`All the counts are in ${join(out, SUMMARY)}.`],
  ];
  return parts
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n');
}

function total({ records, files }: Summary): string[] {
  const parts = [
    `${number(records.converted.total)} converted`,
    `${number(records.rejected.total)} rejected`,
    `${number(records.passedOver.total)} passed over`,
  ];
  return [`${amount(records.in.total, 'record')} in ${amount(files.read.length, 'file')}: ${parts.join(', ')}.`];
}

function written({ files }: Summary, out: string): string[] {
  const records = files.written.filter(({ file }) => file !== LOSSES && file !== REJECTS);
  if (records.length === 0) return ['Nothing was converted.'];
  return ['Written:', ...counted(records.map(({ file, lines }) => [lines, join(out, file)]))];
}

function passedOver({ byType }: Count, width: number): string[] {
  const types = Object.entries(byType).map(([type, count]) => `${number(count)} ${type}`);
  if (types.length === 0) return [];
  const rest = types.length - MOST.types;
  const named = types.slice(0, MOST.types).join(', ') + (rest > 0 ? `, and ${amount(rest, 'other type')}` : '');
  return wrap(`Passed over, because there is no payload for them: ${named}.`, width);
}

function losses({ losses: all }: Summary, out: string): string[] {
  const content = all.filter((loss) => loss.class === 'content');
  if (content.length === 0) return [];
  const shown = content.slice(0, MOST.losses);
  const rest = content.length - shown.length;
  return [
    'What the payloads cannot say, most often:',
    ...counted(shown.map(({ count, path, kind }) => [count, `${path} ${KINDS[kind]}`])),
    `${rest > 0 ? `And ${amount(rest, 'other place')}. ` : ''}Each loss of each record is in ${join(out, LOSSES)}.`,
  ];
}

const KINDS = { missing: 'is missing', changed: 'is changed', added: 'is added' } as const;

function rejects({ rejects: all }: Summary, out: string, width: number): string[] {
  if (all.length === 0) return [];
  return [
    'Rejected, by reason:',
    ...issues(all, MOST.rejects, width),
    `Each rejected record, with its file and line and all reasons, is in ${join(out, REJECTS)}.`,
  ];
}

function warnings(all: readonly IssueCount[], width: number): string[] {
  return all.length === 0 ? [] : ['Worth knowing of the converted ones:', ...issues(all, MOST.warnings, width)];
}

function issues(all: readonly IssueCount[], most: number, width: number): string[] {
  const rest = all.length - most;
  const margin = Math.max(0, ...all.map(({ records }) => number(records).length)) + 4;
  return [
    ...all.slice(0, most).flatMap(({ id, records, diagnostics }) => {
      const [first, ...others] = wrap(`${id}: ${diagnostics}`, Math.max(width - margin, 20));
      return [
        `  ${number(records).padStart(margin - 4)}  ${first}`,
        ...others.map((line) => `${' '.repeat(margin)}${line}`),
      ];
    }),
    ...(rest > 0 ? [`  and ${amount(rest, 'other reason')}`] : []),
  ];
}

function counted(rows: readonly (readonly [count: number, text: string])[]): string[] {
  const width = Math.max(...rows.map(([count]) => number(count).length));
  return rows.map(([count, text]) => `  ${number(count).padStart(width)}  ${text}`);
}

function number(count: number): string {
  return count.toLocaleString('en-US');
}

function amount(count: number, name: string): string {
  return `${number(count)} ${name}${count === 1 ? '' : 's'}`;
}
