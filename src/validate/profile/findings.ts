import type { Severity } from '../../lens/issue.js';
import { RULES } from '../rules.js';
import { reportAs, type Walk } from '../walk.js';
import type { Held } from './use.js';

/** The rules of profiles. */
export type ProfileRule = Extract<keyof typeof RULES, `profile-${string}` | 'extension-modifier' | 'extension-repeats'>;

/** Reports at the element in focus, or at a child of it, what a profile asks; the profile is named by its canonical. */
export function reportProfile(walk: Walk, held: Held, id: ProfileRule, says: string, child?: string, index = -1): void {
  const { severity, code } = RULES[id];
  if (!isNew(`${id} ${placeOf(walk, child, index)} ${says.replace(SLICES, '')}`, held, walk)) return;
  const { profile } = held;
  reportAs(walk, { severity, code, id, diagnostics: `${profile.title} ${says} (${profile.url}).` }, child, index);
}

/** The names of slices on the way in the id of an element: what is said below an element need not be said below its slice again. */
const SLICES = /:[^\s.:"/]+(?=\.)/g;

/** Reports at the element in focus that it was not held to a value set. */
export function reportUnchecked(walk: Walk, held: Held, canonical: string, says: string): void {
  const { severity, code } = RULES['profile-binding-not-checked'];
  if (!isNew(`${canonical} ${placeOf(walk)}`, held, walk)) return;
  const { profile } = held;
  const diagnostics = `${profile.title} ${says} (${profile.url}).`;
  reportAs(walk, { severity, code, id: 'profile-binding-not-checked', diagnostics, canonical });
}

/** Reports that a constraint of a profile fails on the element in focus. */
export function reportConstraint(walk: Walk, held: Held, key: string, severity: Severity, human: string): void {
  if (!isNew(`${key} ${placeOf(walk)}`, held, walk)) return;
  const diagnostics = `${human} (${key} of ${held.profile.url})`;
  reportAs(walk, { severity, code: 'invariant', id: key, diagnostics });
}

/** Says once of each part of a profile that it was not checked, at the first element where it would have been. */
export function notePart(walk: Walk, held: Held, says: string): void {
  const { severity, code } = RULES['profile-part-not-checked'];
  if (!isNew(`part ${held.profile.url} ${says}`, held, walk)) return;
  const diagnostics = `${says} (${held.profile.url}).`;
  reportAs(walk, { severity, code, id: 'profile-part-not-checked', diagnostics });
}

/** The same of a canonical that the guide should have. */
export function noteMissing(walk: Walk, held: Held, element: string, url: string): void {
  const why = held.use.guide.refusal(url);
  notePart(
    walk,
    held,
    why === undefined
      ? `${element} is not held to ${url}: no package has it`
      : `${element} is not held to ${url}. ${why}`,
  );
}

function isNew(key: string, { use }: Held, { findings }: Walk): boolean {
  const said = use.said.get(findings) ?? new Set<string>();
  use.said.set(findings, said);
  if (said.has(key)) return false;
  said.add(key);
  return true;
}

function placeOf({ names, indexes, depth }: Walk, child?: string, index = -1): string {
  let place = '';
  for (let level = 0; level <= depth; level += 1) place += `.${names[level]}[${indexes[level]}]`;
  return child === undefined ? place : `${place}.${child}[${index}]`;
}
