import type { Loss } from '../../lens/diff.js';
import { amount, number } from '../../report/amount.js';
import { meaningsOf } from '../../report/html/meanings.js';
import type { Cell, Column, Figure, Notice, ReportPage, Row, Section, Tone } from '../../report/html/page.js';
import type { SkipReason } from '../conversion.js';
import type { Summary } from '../summary.js';
import type { Group, Groups } from './groups.js';
import { lossSections } from './lossSections.js';

/** Why records were rejected, or what was said of converted ones. */
export interface Reason {
  readonly id: string;
  /** Without indexes; empty where it is about records as a whole. */
  readonly path: string;
  /** What was said the first time. */
  readonly diagnostics: string;
  /** The options of the command line of which each would let a record pass. */
  readonly flags: readonly string[];
}

/** What was collected of a run besides its summary. */
export interface Collected {
  readonly losses: Groups<Loss>;
  readonly rejections: Groups<Reason>;
  readonly warnings: Groups<Reason>;
  readonly version: string;
}

/** The report of a run of `convert`. */
export function reportPage(summary: Summary, collected: Collected): ReportPage {
  const { records, files, dryRun } = summary;
  const { rejected } = records;
  return {
    title: 'Conversion report',
    verdict: verdict(summary),
    facts: [
      `clinik-fhir ${collected.version}`,
      `${amount(records.in.total, 'record')} in ${amount(files.read.length, 'file')}`,
      ...(dryRun ? ['dry run: only reports were written'] : []),
    ],
    figures: figures(summary, collected),
    notices: notices(summary),
    sections: [
      types(summary, collected.losses),
      ...lossSections(collected.losses),
      issueSection(collected.rejections, {
        id: 'rejected',
        title: 'Rejected',
        intro: `Why ${amount(rejected.total, 'record')} ${rejected.total === 1 ? 'was' : 'were'} not converted.${dryRun ? '' : ' Fix them in the folder rejected/, and convert the same input again, with that folder as --fixes.'}`,
        caption: 'Reasons of rejected records by identifier and path, with counts and first places',
      }),
      unreadable(summary),
      issueSection(collected.warnings, {
        id: 'warnings',
        title: 'Warnings',
        intro: 'What to know of records that were converted.',
        caption: 'Warnings about converted records by identifier and path, with counts and first places',
      }),
    ],
  };
}

function verdict({ records: { converted, raw, rejected }, files }: Summary): ReportPage['verdict'] {
  if (files.unreadable.length > 0)
    return { tone: 'bad', text: `${amount(files.unreadable.length, 'file')} not read to the end` };
  if (rejected.total > 0) return { tone: 'bad', text: `${number(rejected.total)} rejected` };
  if (converted.total + (raw?.total ?? 0) === 0) return { tone: 'warning', text: 'Nothing was converted' };
  return { tone: 'good', text: 'None rejected' };
}

function figures({ records, losses }: Summary, collected: Collected): Figure[] {
  const content = losses.filter((loss) => loss.class === 'content').reduce((sum, { count }) => sum + count, 0);
  const keepable = collected.losses
    .all()
    .filter(({ what }) => what.class === 'content' && what.remedy !== undefined)
    .reduce((sum, group) => sum + group.count, 0);
  return [
    { label: 'Records', value: records.in.total, tone: 'plain' },
    { label: 'Converted', value: records.converted.total, tone: 'good' },
    ...(records.raw === undefined
      ? []
      : [{ label: 'As they are', value: records.raw.total, tone: 'good' as const, below: 'for the raw FHIR route' }]),
    { label: 'Rejected', value: records.rejected.total, tone: 'bad' },
    { label: 'Skipped', value: records.skipped.total, tone: 'plain' },
    {
      label: 'Losses',
      value: content,
      tone: 'warning',
      below: keepable === 0 ? 'of content' : `${number(keepable)} of them can be kept`,
    },
  ];
}

const SKIPPED: { readonly [reason in SkipReason]: string } = {
  'other-type': 'have a type without a mapping',
  'no-resource': 'are entries of a Bundle without a resource',
  'older-version': 'are older versions of others',
  copy: 'are copies of others',
  'same-form': 'are in the form already that --to asks for',
  waiting: 'wait for the ids of records that are sent before them, and are converted once the id map has these',
};

/** How much of the references the id map knew. */
function mapNotice({ idMap, references: { idMap: use } }: Summary): Notice[] {
  if (idMap === undefined || use === undefined || use.known + use.unknown.total === 0) return [];
  const { known, unknown } = use;
  const { unfilled = 0 } = idMap;
  const all = amount(known + unknown.total, 'reference');
  const empty = unfilled === 0 ? '' : ` ${amount(unfilled, 'row')} of it ${unfilled === 1 ? 'has' : 'have'} no id yet.`;
  if (known === 0) {
    const text = `It knew none of ${all}, and has ${amount(idMap.rows, 'row')} with an id.${empty}`;
    return [{ tone: 'bad', title: 'The id map knew nothing', text }];
  }
  const records = amount(unknown.records, 'record');
  const left = unknown.total === 0 ? '' : ` ${amount(unknown.total, 'reference')} to ${records} it did not.`;
  const tone = unknown.total === 0 ? 'note' : 'warning';
  return [{ tone, title: 'Id map', text: `It knew ${number(known)} of ${all}.${left}${empty}` }];
}

function notices(summary: Summary): Notice[] {
  const {
    records: { skipped },
    retractions,
    deletions = 0,
  } = summary;
  const reasons = Object.entries(SKIPPED).flatMap(([reason, text]) => {
    const [, count = 0] = Object.entries(skipped.byReason).find(([name]) => name === reason) ?? [];
    return count === 0 ? [] : [`${number(count)} ${text}`];
  });
  const entered = retractions - deletions;
  const gone = [
    ...(entered === 0 ? [] : [`${amount(entered, 'record')} entered in error`]),
    ...(deletions === 0 ? [] : [`${amount(deletions, 'record')} deleted at the source`]),
  ];
  return [
    ...mapNotice(summary),
    ...(gone.length === 0
      ? []
      : [
          {
            tone: 'warning' as const,
            title: 'To delete',
            text: `${gone.join(', ')}. Delete them where an earlier upload holds them; retractions.ndjson lists them.`,
          },
        ]),
    ...(reasons.length === 0 ? [] : [{ tone: 'note' as const, title: 'Skipped', text: `${reasons.join(', ')}.` }]),
  ];
}

const count = (value: number): Cell => ({ kind: 'number', value });

function types({ records }: Summary, losses: Groups<Loss>): Section {
  const lost = new Map<string, number>();
  for (const { what, count: times } of losses.all()) {
    const [type = ''] = what.path.split('.');
    if (what.class === 'content') lost.set(type, (lost.get(type) ?? 0) + times);
  }
  const rows = Object.entries(records.in.byType).map(([type, all]): Row => {
    const of = ({ byType }: { readonly byType: { readonly [type: string]: number } }): number =>
      Object.hasOwn(byType, type) ? (byType[type] ?? 0) : 0;
    const [converted, rejected, skipped] = [of(records.converted), of(records.rejected), of(records.skipped)];
    const raw = records.raw === undefined ? [] : [of(records.raw)];
    const parts: { tone: Tone; value: number }[] = [
      { tone: 'good', value: converted + (raw[0] ?? 0) },
      { tone: 'bad', value: rejected },
      { tone: 'plain', value: skipped },
    ];
    return {
      cells: [
        { kind: 'code', text: type },
        ...[all, converted, ...raw, rejected, skipped, lost.get(type) ?? 0].map(count),
        { kind: 'bar', parts },
      ],
    };
  });
  return {
    id: 'types',
    title: 'Records',
    intro: 'What became of the records of each type, and how often they lost content.',
    caption:
      'Records by type: how many there were, how many were converted, rejected and skipped, and how often content was lost',
    columns: [
      { title: 'Type', isWide: true },
      { title: 'In' },
      { title: 'Converted' },
      ...(records.raw === undefined ? [] : [{ title: 'As they are', hint: 'For the raw FHIR route' }]),
      { title: 'Rejected' },
      { title: 'Skipped' },
      { title: 'Losses', hint: 'Losses of content in all records of the type' },
      { title: 'Share', hint: 'Sorted by the number of records' },
    ],
    rows,
  };
}

const ISSUE_COLUMNS: readonly Column[] = [
  { title: 'Path', isWide: true },
  { title: 'Reason' },
  { title: 'Records' },
  { title: 'Fix', isWide: true },
  { title: 'First places', hint: 'file:line', isWide: true },
];

function issueSection(groups: Groups<Reason>, head: Omit<Section, 'columns' | 'rows' | 'rest'>): Section {
  return {
    ...head,
    columns: ISSUE_COLUMNS,
    rows: groups.all().map(issueRow),
    ...(groups.left === 0 ? {} : { rest: `${number(groups.left)} more at other paths are not listed.` }),
  };
}

function issueRow({ what: { id, path, diagnostics, flags }, records, first }: Group<Reason>): Row {
  return {
    cells: [
      { kind: 'code', text: path === '' ? '(the whole record)' : path, below: diagnostics },
      { kind: 'code', text: id },
      count(records),
      { kind: 'text', text: meaningsOf(id).fix ?? '', ...(flags.length === 0 ? {} : { below: flags.join(', ') }) },
      { kind: 'places', places: first },
    ],
  };
}

function unreadable({ files }: Summary): Section {
  return {
    id: 'unreadable',
    title: 'Not read to the end',
    intro: 'Files that could not be read, or not to their end, with the last line that was read.',
    caption: 'Files that could not be read to their end',
    columns: [{ title: 'File', isWide: true }, { title: 'Reason' }, { title: 'What happened', isWide: true }],
    rows: files.unreadable.map(({ file, line, id, diagnostics }) => ({
      cells: [
        { kind: 'code', text: line === undefined ? file : `${file}:${line}` },
        { kind: 'code', text: id },
        { kind: 'text', text: diagnostics },
      ],
    })),
  };
}
