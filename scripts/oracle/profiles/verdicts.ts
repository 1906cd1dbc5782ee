import type { Found } from '../verdict.js';

const NONE: ReadonlySet<string> = new Set([
  'Validation_VAL_Profile_NoSnapshot',
  'Validation_VAL_Unknown_Profile',
  'VALIDATION_VAL_PROFILE_UNKNOWN',
  'Reference_REF_CantResolveProfile',
  'SLICING_CANNOT_BE_EVALUATED',
]);

/** False where the Java validator could not use a profile, and so gave no verdict that could be compared. */
export const hasVerdict = (java: readonly Found[]): boolean => !java.some(({ id }) => NONE.has(id));
