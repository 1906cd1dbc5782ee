import { type DiffLanguage, diff, type Loss, type Operation } from '../lens/diff.js';
import type { JsonObject } from '../lens/json.js';

/** What a conversion says of a record that it read. */
interface Said {
  readonly losses: readonly Loss[];
  readonly residue?: readonly Operation[] | undefined;
}

/**
 * What is lost of a record as it came, where it was read with its references restored: what the restoring changed, and what the
 * reading lost after that. The residue leads all the way back.
 */
export function asItCame(came: JsonObject, read: JsonObject, said: Said, language: DiffLanguage): Said {
  if (came === read) return said;
  const restoring = diff(came, read, restored(language), {}, { residue: said.residue !== undefined });
  return {
    losses: joined(restoring.losses, said.losses),
    residue: said.residue === undefined ? undefined : [...said.residue, ...(restoring.residue ?? [])],
  };
}

/** The language of what the restoring changed: a reference that leads to the same record is the same thing in another form. */
const restored = (language: DiffLanguage): DiffLanguage => ({
  ...language,
  judge: (difference, resource, around) =>
    difference.kind === 'changed' && difference.at.at(-1) === 'reference'
      ? { class: 'form', reason: 'same' }
      : language.judge(difference, resource, around),
});

/** The losses of two steps, one after the other, as those of both together: of a place within one that is lost nothing is said. */
function joined(first: readonly Loss[], second: readonly Loss[]): Loss[] {
  const before = new Map(first.map((loss) => [loss.expression, loss]));
  const after = new Set(second.map(({ expression }) => expression));
  const kept = first.filter(({ expression }) => !after.has(expression) && !isBelow(expression, after));
  const later = second.flatMap((loss) => {
    if (isBelow(loss.expression, before)) return [];
    const earlier = before.get(loss.expression);
    return earlier === undefined ? [loss] : together(earlier, loss);
  });
  return [...later, ...kept];
}

function together(earlier: Loss, later: Loss): Loss[] {
  if (earlier.kind === 'added') return later.kind === 'missing' ? [] : [earlier];
  if (earlier.kind === 'missing') return [{ ...earlier, kind: 'changed' }];
  return [later];
}

/** True where one of the places is around this one. */
function isBelow(expression: string, places: { has(expression: string): boolean }): boolean {
  for (let end = cut(expression); end > 0; end = cut(expression.slice(0, end)))
    if (places.has(expression.slice(0, end))) return true;
  return false;
}

const cut = (expression: string): number => Math.max(expression.lastIndexOf('.'), expression.lastIndexOf('['));
