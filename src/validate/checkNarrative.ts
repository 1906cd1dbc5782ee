import { noteId } from './elementId.js';
import { followFragment } from './fragment.js';
import { cleanNarrative } from './narrative/fast.js';
import { fullNarrative } from './narrative/full.js';
import { report, type Walk } from './walk.js';

/**
 * Checks the narrative in focus (https://hl7.org/fhir/R4/narrative.html#xhtml), in time linear in its length. One of more than 64
 * million characters that is not clean at first sight is a fault without being read.
 */
export function checkNarrative(div: string, walk: Walk): void {
  const { faults, ids, fragments } = cleanNarrative(div) ?? fullNarrative(div);
  for (const { id, diagnostics } of faults) report(walk, id, diagnostics);
  for (const fragment of fragments) followFragment(fragment, walk);
  if (ids.filter((id) => !noteId(id, walk)).length > 0) report(walk, 'element-id-repeated');
}
