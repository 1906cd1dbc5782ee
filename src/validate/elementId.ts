import { report, type Walk } from './walk.js';

const WHITE_SPACE = /[ \t\r\n]/;

/** Notes an id of an element of the resource in focus, its contained ones and its narratives; false where it was there before. */
export function noteId(id: string, walk: Walk): boolean {
  if (walk.isGlance) {
    walk.isInDoubt = true;
    return true;
  }
  walk.ids ??= new Set();
  const { ids } = walk;
  const { size } = ids;
  return ids.add(id).size > size;
}

/**
 * Checks the id of an element in focus: "any string value that does not contain spaces", and unique within the resource
 * (https://hl7.org/fhir/R4/element.html, https://hl7.org/fhir/R4/narrative.html#id).
 */
export function checkElementId(id: string, walk: Walk): void {
  checkSpaces(id, walk);
  if (!noteId(id, walk)) report(walk, 'element-id-repeated');
}

/** Checks the id of an ElementDefinition: snapshot and differential name the same elements, and sdf-16 and sdf-17 hold each. */
export function checkSpaces(id: string, walk: Walk): void {
  if (WHITE_SPACE.test(id)) report(walk, 'element-id-space');
}
