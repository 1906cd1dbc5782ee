import { RULES } from '../rules.js';
import { reportAs, type Walk } from '../walk.js';
import type { Held } from './use.js';

/** The rules of profiles. */
export type ProfileRule = Extract<keyof typeof RULES, `profile-${string}`>;

/** Reports at the element in focus, or at a child of it, what a profile asks; the profile is named by its canonical. */
export function reportProfile(
  walk: Walk,
  { profile }: Held,
  id: ProfileRule,
  says: string,
  child?: string,
  index = -1,
): void {
  const { severity, code } = RULES[id];
  reportAs(walk, { severity, code, id, diagnostics: `${profile.title} ${says} (${profile.url}).` }, child, index);
}

/** Reports at the element in focus that it was not held to a value set. */
export function reportUnchecked(walk: Walk, { profile }: Held, canonical: string, says: string): void {
  const { severity, code } = RULES['profile-binding-not-checked'];
  const diagnostics = `${profile.title} ${says} (${profile.url}).`;
  reportAs(walk, { severity, code, id: 'profile-binding-not-checked', diagnostics, canonical });
}
