import { isObject, own } from '../../lens/json.js';
import type { Verdict } from '../../profiles/codeSystems.js';
import type { Overlay } from '../../profiles/overlay.js';
import type { Codes } from '../../profiles/valueSets.js';
import type { Walk } from '../walk.js';
import { notePart, reportProfile, reportUnchecked } from './findings.js';
import type { Item } from './items.js';
import type { Held } from './use.js';

/** A system, where it tells one, and a code of it. */
type Coded = readonly [system: string | undefined, code: string];

const text = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined);

/** The codes of a value of any type that can be bound. */
function codesIn({ value }: Item): readonly Coded[] {
  if (typeof value === 'string') return [[undefined, value]];
  if (!isObject(value)) return [];
  const codings = own(value, 'coding');
  const all: readonly unknown[] = Array.isArray(codings) ? codings : [value];
  const coded: Coded[] = [];
  for (const coding of all) {
    const code = isObject(coding) ? text(own(coding, 'code')) : undefined;
    if (isObject(coding) && code !== undefined) coded.push([text(own(coding, 'system')), code]);
  }
  return coded;
}

/** Holds a coded value to the bindings of a profile (https://hl7.org/fhir/R4/terminologies.html#binding). */
export function checkBindings({ bindings, id }: Overlay, item: Item, held: Held, walk: Walk): void {
  // What has no value has no code.
  if (item.value === undefined || item.value === null) return;
  for (const { strength, valueSet } of bindings) {
    const codes = held.use.guide.codes(valueSet);
    if (codes === undefined) {
      reportUnchecked(walk, held, valueSet, `binds ${id} to ${valueSet}, which no package has`);
      continue;
    }
    for (const other of codes.others)
      notePart(walk, held, `${id} is bound to codes of ${other}, which no package has: another version is taken`);
    const coded = codesIn(item);
    const verdicts = coded.map((one) => verdictOf(one, codes, item));
    if (verdicts.includes('inside')) continue;
    if (verdicts.includes('unknown')) {
      reportUnchecked(
        walk,
        held,
        valueSet,
        `binds ${id} to ${codes.name} (${valueSet}), whose codes cannot all be listed here`,
      );
    } else if (strength === 'required') {
      reportProfile(walk, held, 'profile-binding', `takes a code of ${codes.name} (${valueSet}) as ${id}`);
    } else if (coded.some(([system]) => system !== undefined && codes.hasSystem(system))) {
      reportProfile(
        walk,
        held,
        'profile-binding-extensible',
        `takes a code of ${codes.name} (${valueSet}) as ${id}, where one fits`,
      );
    }
  }
}

/** A text alone is of the system that its element is bound to; a Coding without a system is of none. */
function verdictOf([system, code]: Coded, codes: Codes, { value }: Item): Verdict {
  return system === undefined && typeof value !== 'string' ? 'outside' : codes.test(system, code);
}
