import type { Mutant } from './makeMutants.js';
import { type Found, isValid } from './verdict.js';

/** A mutant, and what both validators found. */
export interface Compared extends Mutant {
  readonly ours: readonly Found[];
  readonly java: readonly Found[];
}

/** A class of disagreements, judged by R4's text. */
export interface Class {
  readonly name: string;
  /** Whose verdict it is; a limit of ours is a wrong verdict. */
  readonly right: 'ours' | 'java' | 'limit';
  /** The sentence of R4, and where it stands. */
  readonly why: string;
  readonly fits: (one: Compared) => boolean;
}

const errors = (found: readonly Found[]): readonly Found[] => found.filter(({ isError }) => isError);

/** True where Java alone finds errors, each of which has one of these ids and, where it is given, fits this too. */
export const javaAlone =
  (ids: readonly string[], also: (found: Found, one: Compared) => boolean = () => true) =>
  (one: Compared): boolean =>
    isValid(one.ours) && errors(one.java).every((found) => ids.includes(found.id) && also(found, one));

/** True where we alone find errors, one of which is of these rules and, where it is given, fits this too. */
export const oursAlone =
  (ids: readonly string[], also: (found: Found, one: Compared) => boolean = () => true) =>
  (one: Compared): boolean =>
    isValid(one.java) && errors(one.ours).some((found) => ids.includes(found.id) && also(found, one));
