import type { GuideFault } from '../profiles/profiles.js';
import type { Holder } from './walk.js';

/**
 * What implementation guides define, from `loadGuide`: the option `profiles` of `validate`. It brings all that holds a resource to a
 * profile, so that a program that loads no guide carries none of that.
 */
export interface Guide {
  /** What could not be used of what was asked for until now, and so was not checked. */
  faults(): readonly GuideFault[];
  /**
   * For `validate`, at the start of a walk; `forced` are canonicals of profiles that every resource of their types is held to, and
   * `mustSupport` is its option.
   */
  hold(forced: readonly string[], mustSupport: boolean): Holder;
}
