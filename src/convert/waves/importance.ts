/**
 * The elements of links by importance, the most important first: a cycle is cut at its links of the last line. One with `*` is that of
 * every type. What is not listed comes after all of these: lists of other records (section entries, details of events, supporting
 * information, items of investigations, inputs and outputs of tasks), from which one may be missing for a while.
 */
export const IMPORTANCE: readonly (readonly string[])[] = [
  // Whom a record is about.
  ['*.subject', '*.patient', '*.for', '*.beneficiary'],
  // A whole before its parts.
  ['*.partOf'],
  // A document before the one that replaces it.
  ['Composition.relatesTo.targetReference', 'DocumentReference.relatesTo.target', '*.replaces'],
  // An assessment before the next one.
  ['ClinicalImpression.previous'],
  // An encounter before what happened in it.
  ['*.encounter', '*.context'],
  // What a record is about, or was asked for by.
  ['Task.focus', '*.basedOn', '*.request'],
];

const ranks = new Map(IMPORTANCE.flatMap((elements, rank) => elements.map((element) => [element, rank] as const)));

/** The rank of an element (`Task.partOf`): 0 for the most important. */
export function rankOf(element: string): number {
  const ofAll = `*${element.slice(element.indexOf('.'))}`;
  return ranks.get(element) ?? ranks.get(ofAll) ?? IMPORTANCE.length;
}
