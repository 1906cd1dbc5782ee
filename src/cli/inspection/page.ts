import type { Loss } from '../../lens/diff.js';
import { printable } from '../../read/printable.js';
import { number } from '../../report/amount.js';
import { LOSS_REASONS, REMEDIES } from '../../report/lossReasons.js';
import type { Paint } from '../style.js';
import { row, wrap } from '../wrap.js';
import type { Group, Line, Place } from './placesOf.js';

/** How an inspection is shown. */
export interface PageOptions {
  readonly width: number;
  readonly paint: Paint;
  /** True to show values, which are masked else. */
  readonly values: boolean;
}

/** The most characters of a value that is shown. */
const LONGEST = 300;
const GAP = 2;

/** What became of a place, in a word. */
type Fate = 'same' | 'changed' | 'lost' | 'added' | 'otherwise';

/** A resource and its payload in three columns: what stood there, what the payload says, and what became of it, and why. */
export function inspectionPage(groups: readonly Group[], options: PageOptions): string[] {
  const { paint, width } = options;
  const widths = widthsOf(width);
  const heads = row(['FHIR', 'payload', 'what became of it'], widths).map(paint.bold);
  const lines = groups.flatMap((group) => [
    ...(group.field === undefined
      ? ['', ...wrap('Covered by no rule of the mapping table:', width).map(paint.dim)]
      : []),
    ...group.lines.flatMap((line) => {
      const fate = fateOf(line);
      const cells = [cell(line.fhir, options), cell(line.payload, options), said(line, fate)];
      return row(cells, widths).map((text) => painted(text, fate, paint));
    }),
  ]);
  return [...heads, ...lines, '', ...wrap(total(groups), width)];
}

/** A narrow terminal has narrow columns; none is wider than what is easy to read. */
function widthsOf(width: number): number[] {
  const room = Math.max(width, 40) - 2 * GAP;
  const fhir = Math.floor(room * 0.38);
  const payload = Math.floor(room * 0.3);
  return [fhir, payload, room - fhir - payload];
}

function cell(place: Place | undefined, { values }: PageOptions): string {
  if (place === undefined) return '';
  return place.value === undefined ? place.path : `${place.path} ${values ? shown(place.value) : masked(place.value)}`;
}

/** What stands for a value: its kind, and nothing else of it. */
function masked(value: unknown): string {
  if (Array.isArray(value)) return '[…]';
  if (typeof value === 'object' && value !== null) return '{…}';
  return typeof value === 'number' ? '0' : '…';
}

function shown(value: unknown): string {
  const text = JSON.stringify(value);
  return printable(text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text);
}

function fateOf({ fhir, loss }: Line): Fate {
  if (loss === undefined) return fhir === undefined ? 'otherwise' : 'same';
  if (loss.class === 'form') return 'otherwise';
  return loss.kind === 'missing' ? 'lost' : loss.kind;
}

function said({ fhir, loss }: Line, fate: Fate): string {
  if (loss === undefined) return fhir === undefined ? 'read from what stands elsewhere' : 'same';
  if (loss.class === 'form') return 'the same in another form';
  if (loss.reason === 'written') return 'added by the conversion';
  return `${fate}${loss.class === 'record' ? ' (bookkeeping)' : ''}: ${why(loss)}`;
}

function why({ reason, remedy }: Loss): string {
  const { short } = LOSS_REASONS[reason];
  return remedy === undefined ? short : `${short} → ${REMEDIES[remedy].command}`;
}

function painted(text: string, fate: Fate, { warn, bad, dim }: Paint): string {
  if (fate === 'lost') return bad(text);
  if (fate === 'changed' || fate === 'added') return warn(text);
  return fate === 'same' ? text : dim(text);
}

function total(groups: readonly Group[]): string {
  const fates = groups.flatMap(({ lines }) => lines.map(fateOf));
  const count = (fate: Fate): number => fates.filter((one) => one === fate).length;
  const counts = [
    [count('same'), 'same'],
    [count('otherwise'), 'said otherwise'],
    [count('changed'), 'changed'],
    [count('added'), 'added'],
    [count('lost'), 'lost'],
  ] as const;
  return `${counts.flatMap(([found, what]) => (found === 0 ? [] : [`${number(found)} ${what}`])).join(', ')}.`;
}
