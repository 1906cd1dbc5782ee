import { narrativeFaults } from './narrativeFaults.js';
import { report, type Walk } from './walk.js';

/** Checks the narrative in focus (https://hl7.org/fhir/R4/narrative.html#xhtml). */
export function checkNarrative(div: string, walk: Walk): void {
  for (const { id, diagnostics } of narrativeFaults(div)) report(walk, id, diagnostics);
}
