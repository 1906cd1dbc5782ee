import { isCleanNarrative } from './narrative/fast.js';
import type { NarrativeFault } from './narrative/fault.js';
import { fullFaults } from './narrative/full.js';

export type { NarrativeFault } from './narrative/fault.js';

/**
 * What R4 has against the XHTML of a narrative (https://hl7.org/fhir/R4/narrative.html): that it is not one `div` of
 * well-formed XHTML, has elements, attributes or values that txt-1 does not allow, or has no content (txt-2). Empty where
 * it is fine. Each fault is there once, however often the narrative has it; after the first place that is not well-formed
 * nothing more is looked for. Never throws, and takes time linear in the length of the text; one of more than 64 million
 * characters that is not clean at first sight is a fault without being read.
 */
export function narrativeFaults(div: string): readonly NarrativeFault[] {
  return isCleanNarrative(div) ? [] : fullFaults(div);
}
