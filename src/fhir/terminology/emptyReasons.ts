import { isObject, type JsonObject, objectsIn } from '../../lens/json.js';
import { nonEmpty } from '../datatypes/text.js';
import { isFieldsOwn } from './systemNames.js';

/** As R4 and STU3 name the code system. */
const SYSTEMS: ReadonlySet<unknown> = new Set([
  'http://terminology.hl7.org/CodeSystem/list-empty-reason',
  'http://hl7.org/fhir/list-empty-reason',
]);

/** Its displays (https://hl7.org/fhir/R4/codesystem-list-empty-reason.html). */
const DISPLAYS: ReadonlyMap<unknown, string> = new Map([
  ['nilknown', 'Nil Known'],
  ['notasked', 'Not Asked'],
  ['withheld', 'Information Withheld'],
  ['unavailable', 'Unavailable'],
  ['notstarted', 'Not Started'],
  ['closed', 'Closed'],
]);

/**
 * Why something is empty, in words: its text, else those of its first coding that has any. Of a code of R4's the words are R4's own: a
 * display that says something else, such as that there is nothing where nobody knows, is not taken.
 */
export function emptyReasonWords(value: unknown): string | undefined {
  if (!isObject(value)) return undefined;
  const codings = objectsIn(value.coding);
  return visible(value.text) ?? codings.map(wordsOf).find((words) => words !== undefined);
}

function wordsOf({ system, code, display }: JsonObject): string | undefined {
  const isR4s = isFieldsOwn(system) || SYSTEMS.has(system);
  return (isR4s ? DISPLAYS.get(code) : undefined) ?? visible(display);
}

function visible(value: unknown): string | undefined {
  const text = nonEmpty(value);
  return text !== undefined && /\S/.test(text) ? text : undefined;
}
