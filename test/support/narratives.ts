import { cleanNarrative } from '../../src/validate/narrative/fast.js';
import type { NarrativeFault } from '../../src/validate/narrative/fault.js';
import { fullNarrative } from '../../src/validate/narrative/full.js';

/** True for a div that the first look finds clean. */
export const isCleanNarrative = (div: string): boolean => cleanNarrative(div) !== undefined;

/** What the full check finds, whatever the first look says. */
export const fullFaults = (div: string): readonly NarrativeFault[] => fullNarrative(div).faults;

/** What is found of a div as the validator looks at it. */
export const narrativeFaults = (div: string): readonly NarrativeFault[] =>
  (cleanNarrative(div) ?? fullNarrative(div)).faults;
