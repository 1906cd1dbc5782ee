import type { LossCount } from '../../convert/summary.js';
import type { Remedy } from '../../lens/diff.js';
import type { LossReason } from '../../lens/reason.js';
import { amount, number } from '../../report/amount.js';
import { LOSS_REASONS, REMEDIES } from '../../report/lossReasons.js';
import type { Paint } from '../style.js';
import { columns } from '../table.js';
import { wrap } from '../wrap.js';

/** How many losses are named before the rest is only counted. */
const MOST = { avoidable: 5, others: 5 };

/** What the report of a run says of losses. */
export interface LossPage {
  readonly losses: readonly LossCount[];
  /** The file with each of them. */
  readonly file: string;
  readonly width: number;
  readonly colours: Paint;
}

/** The losses of content that the caller can avoid, each with what does it. */
export function avoidable(page: LossPage): string[] {
  const lost = placesOf(page, ({ remedy }) => remedy !== undefined);
  if (lost.length === 0) return [];
  return [page.colours.bold(page.colours.warn('LOST, and you can keep it')), ...rows(lost, MOST.avoidable, page)];
}

/** The losses of content that no option avoids. */
export function unavoidable(page: LossPage): string[] {
  const { width, colours } = page;
  const lost = placesOf(page, ({ remedy }) => remedy === undefined);
  if (lost.length === 0) return [];
  const [head = '', ...others] = wrap(
    'LOST, ClinikAPI cannot hold it (--strict refuses these but for --allow-loss PATH)',
    width,
  );
  return [...[head, ...others].map(colours.bold), ...rows(lost, MOST.others, page)];
}

/** What is only said otherwise, in one sentence. */
export function inOtherForm({ losses, width }: LossPage): string[] {
  const count = losses.filter((loss) => loss.class === 'form').reduce((sum, loss) => sum + loss.count, 0);
  if (count === 0) return [];
  const are = count === 1 ? 'place says' : 'places say';
  return wrap(`${number(count)} ${are} the same in another form, and ${count === 1 ? 'is' : 'are'} not lost.`, width);
}

/** A place that lost something for a reason, whatever was done to it. */
interface Place {
  readonly path: string;
  readonly reason: LossReason;
  readonly remedy: Remedy | undefined;
  count: number;
}

function placesOf({ losses }: LossPage, isOne: (loss: LossCount) => boolean): Place[] {
  const places = new Map<string, Place>();
  for (const { path, reason, remedy, count } of losses.filter((loss) => loss.class === 'content' && isOne(loss))) {
    const key = `${path} ${reason} ${remedy}`;
    const known = places.get(key) ?? { path, reason, remedy, count: 0 };
    places.set(key, known);
    known.count += count;
  }
  return [...places.values()].sort((a, b) => b.count - a.count);
}

function rows(places: readonly Place[], most: number, { file, width, colours }: LossPage): string[] {
  const rest = places.slice(most);
  const shown = places.slice(0, most).map(({ count, path, reason, remedy }) => {
    const why = LOSS_REASONS[reason].short;
    return [number(count), path, remedy === undefined ? why : `${why} → ${REMEDIES[remedy].command}`] as const;
  });
  const left = rest.reduce((sum, { count }) => sum + count, 0);
  const more = `… ${amount(rest.length, 'more place')} with ${amount(left, 'loss', 'losses')}: ${file}`;
  return [
    ...columns(shown, width),
    ...(rest.length === 0 ? [] : wrap(more, width - 2).map((line) => `  ${colours.dim(line)}`)),
  ];
}
