import type { Overlay } from '../../profiles/overlay.js';
import type { Walk } from '../walk.js';
import { reportProfile } from './findings.js';
import type { Held } from './use.js';

/**
 * Notes that an element which a profile marks as mustSupport is not there: no fault, since a sender need not have it
 * (https://hl7.org/fhir/R4/conformance-rules.html#mustSupport). One that is required is reported as such.
 */
export function noteSupport(
  { id, min, isMustSupport }: Overlay,
  count: number,
  held: Held,
  walk: Walk,
  at: string,
): void {
  if (held.use.mustSupport && isMustSupport && count === 0 && min === 0)
    reportProfile(walk, held, 'profile-must-support', `marks ${id} as mustSupport, and it is not there`, at);
}
