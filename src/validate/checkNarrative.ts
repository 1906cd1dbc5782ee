import { noteId } from './elementId.js';
import { followFragment } from './fragment.js';
import { anchorsOf } from './narrative/anchors.js';
import { isCleanWithoutAnchors } from './narrative/fast.js';
import { narrativeFaults } from './narrativeFaults.js';
import { report, type Walk } from './walk.js';

/** Checks the narrative in focus (https://hl7.org/fhir/R4/narrative.html#xhtml). */
export function checkNarrative(div: string, walk: Walk): void {
  if (isCleanWithoutAnchors(div)) return;
  for (const { id, diagnostics } of narrativeFaults(div)) report(walk, id, diagnostics);
  const { ids, fragments } = anchorsOf(div);
  for (const fragment of fragments) followFragment(fragment, walk);
  if (ids.filter((id) => !noteId(id, walk)).length > 0) report(walk, 'element-id-repeated');
}
