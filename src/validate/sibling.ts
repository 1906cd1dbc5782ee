import type { ElementDefinition } from '../fhir/definitions.js';
import { isObject, type JsonObject, own } from '../lens/json.js';
import { type Look, lookAtList, reportWrongType } from './look.js';
import { report, type Walk } from './walk.js';

/**
 * Looks at what stands beside a primitive under its name with an underscore: an id and extensions
 * (https://hl7.org/fhir/R4/json.html#primitive).
 */
export function siblingLook(key: string, { isList, types }: ElementDefinition): Look {
  if (!isList) {
    const look: Look = (value, walk, owner) => lookBeside(value, isThere(own(owner, key)), walk);
    return types.includes('xhtml') ? withoutExtensions(look) : look;
  }
  return (value, walk, owner) => {
    if (!lookAtList(value, walk)) return;
    const values = own(owner, key);
    for (let index = 0; index < value.length; index += 1) {
      walk.indexes[walk.depth] = index;
      const item: unknown = value[index];
      const hasValue = Array.isArray(values) && isThere(values[index]);
      if (item === null) reportLoneNull(hasValue, Array.isArray(values) && index < values.length, walk);
      else lookBeside(item, hasValue, walk);
    }
    walk.indexes[walk.depth] = -1;
    if (Array.isArray(values) && values.length < value.length) report(walk, 'sibling-mismatch');
  };
}

/** R4's `xhtml` has a value and an id, and no extensions (https://hl7.org/fhir/R4/narrative.html#xhtml). */
const withoutExtensions =
  (look: Look): Look =>
  (value, walk, owner) => {
    look(value, walk, owner);
    if (isObject(value) && own(value, 'extension') !== undefined)
      report(walk, 'unknown-element', undefined, 'extension');
  };

const isThere = (value: unknown): boolean => value !== undefined && value !== null;

function lookBeside(value: unknown, hasValue: boolean, walk: Walk): void {
  if (!isObject(value)) {
    reportWrongType(value, 'The property with the underscore holds an object, with an id or extensions.', walk);
  } else if (isEmpty(value)) report(walk, 'empty-value');
  else if (hasValue) walk.walkers.besideValue(value, walk);
  else walk.walkers.insteadOfValue(value, walk);
}

function isEmpty(value: JsonObject): boolean {
  for (const key in value) if (Object.hasOwn(value, key)) return false;
  return true;
}

/** A null that no value stands beside; where the array of values has one there, too, that is where it is reported. */
function reportLoneNull(hasValue: boolean, isReportedThere: boolean, walk: Walk): void {
  if (!hasValue && !isReportedThere) report(walk, 'null-value');
}
