import { type Age, ageOf, type Version } from '../../bundle/versions.js';
import { digest } from '../waves/nameTable.js';

/** The age of a version, with a number for its content: the odds that two versions of a record share one are 1 in 2^53. */
export function numbered(version: Version): Age & { readonly content: number } {
  const age = ageOf(version, digest);
  return { ...age, content: typeof age.content === 'number' ? age.content : digest(age.content) };
}
