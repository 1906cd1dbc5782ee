import { locateInPayload } from '../fhir/expression.js';
import type { Schema } from '../lens/codec.js';
import type { Loss } from '../lens/diff.js';
import { assign, isObject, type JsonObject, own } from '../lens/json.js';
import { isFilledPath } from '../resources/language.js';
import { payloadNames } from '../resources/payloadNames.js';

/** What could change the meaning of a record is never put aside. */
const MEANING = new Set(['id', 'modifierExtension', 'implicitRules']);

/**
 * Parts a record of the flat shape into what its payload has fields for and what the server says besides,
 * which is a loss.
 */
export function splitFlat(
  record: JsonObject,
  { resourceType, schema }: { readonly resourceType: string; readonly schema: Schema },
): { known: JsonObject; losses: Loss[] } {
  const { properties } = schema;
  const fields = isObject(properties) ? properties : {};
  const isKnown = payloadNames(schema);
  const known: JsonObject = {};
  const losses: Loss[] = [];
  for (const key of Object.keys(record)) {
    if (MEANING.has(key) || Object.hasOwn(fields, key)) assign(known, key, own(record, key));
    else {
      const path = locateInPayload([key], isKnown);
      const isRecord = key === 'meta' || isFilledPath(`${resourceType}.${key}`);
      losses.push({
        expression: path,
        path,
        kind: 'missing',
        class: isRecord ? 'record' : 'content',
        reason: isRecord ? 'on-upload' : 'no-field',
      });
    }
  }
  return { known, losses };
}
