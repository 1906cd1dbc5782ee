import type { Loss } from '../../lens/diff.js';
import { number } from '../../report/amount.js';
import type { Cell, Column, Row, Section } from '../../report/html/page.js';
import { LOSS_REASONS, REMEDIES } from '../../report/lossReasons.js';
import type { Group, Groups } from './groups.js';

const KINDS: { readonly [kind in Loss['kind']]: string } = { missing: 'left out', changed: 'changed', added: 'added' };

/** What was lost: first what can be kept, then what ClinikAPI has no place for; and what is not counted as lost. */
export function lossSections(losses: Groups<Loss>): Section[] {
  const all = losses.all();
  const content = all.filter(({ what }) => what.class === 'content');
  const kept = content.filter(({ what }) => what.remedy !== undefined);
  const lost = content.filter(({ what }) => what.remedy === undefined);
  const others = all.filter(({ what }) => what.class !== 'content');
  const rest =
    losses.left === 0 ? {} : { rest: `${number(losses.left)} more at other paths are in losses.ndjson only.` };
  return [
    {
      id: 'keepable',
      title: 'Lost, and you can keep it',
      intro: 'What a payload can hold if the run is given what it needs.',
      caption: 'Losses that can be avoided, by path and reason, with the remedy, counts and first places',
      columns: columns('How to keep it'),
      rows: kept.map((group) => row(group, remedyCell(group.what))),
    },
    {
      id: 'lost',
      title: 'Lost',
      intro:
        'What ClinikAPI has no place for. --strict rejects a record that loses any of it, but for --allow-loss PATH.',
      caption: 'Losses of content by path and reason, with counts and first places',
      columns: columns(),
      rows: lost.map((group) => row(group)),
      ...rest,
    },
    {
      id: 'not-lost',
      title: 'Not counted as lost',
      intro: 'Bookkeeping of the source, and what the payload says in another form. It is no matter for --strict.',
      caption: 'Differences that are no losses of content, by path and reason, with counts and first places',
      columns: columns('Class'),
      rows: others.map((group) => row(group, { kind: 'text', text: CLASSES[group.what.class] })),
    },
  ];
}

const CLASSES: { readonly [of in Loss['class']]: string } = {
  content: 'content',
  form: 'other form',
  record: 'bookkeeping',
};

function columns(more?: string): Column[] {
  return [
    { title: 'Path', isWide: true },
    { title: 'Reason', isWide: true },
    ...(more === undefined ? [] : [{ title: more }]),
    { title: 'Losses' },
    { title: 'Records' },
    { title: 'First places', hint: 'file:line', isWide: true as const },
  ];
}

function row({ what: { path, kind, reason }, count, records, first }: Group<Loss>, more?: Cell): Row {
  return {
    cells: [
      { kind: 'code', text: path, below: KINDS[kind] },
      { kind: 'text', text: LOSS_REASONS[reason].says, below: reason },
      ...(more === undefined ? [] : [more]),
      { kind: 'number', value: count },
      { kind: 'number', value: records },
      { kind: 'places', places: first },
    ],
  };
}

function remedyCell({ remedy }: Loss): Cell {
  const { command } = remedy === undefined ? { command: '' } : REMEDIES[remedy];
  return { kind: 'text', text: `${command.slice(0, 1).toUpperCase()}${command.slice(1)}` };
}
