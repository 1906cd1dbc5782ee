import { isObject } from '../../lens/json.js';
import { nonEmpty } from '../datatypes/text.js';

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

/** Why something is empty, in words: its text, else the first display of its codings, else R4's of its code. */
export function emptyReasonWords(value: unknown): string | undefined {
  if (!isObject(value)) return undefined;
  const codings = Array.isArray(value.coding) ? value.coding.filter(isObject) : [];
  return (
    visible(value.text) ??
    codings.map(({ display }) => visible(display)).find((display) => display !== undefined) ??
    codings
      .map(({ system, code }) => (SYSTEMS.has(system) ? DISPLAYS.get(code) : undefined))
      .find((display) => display !== undefined)
  );
}

function visible(value: unknown): string | undefined {
  const text = nonEmpty(value);
  return text !== undefined && /\S/.test(text) ? text : undefined;
}
