import { isPropertyName } from '../fhir/propertyNames.js';
import { namesIn } from '../resources/payloadNames.js';
import { lenses } from '../resources/registry.js';

const NAME = /^_?[A-Za-z][A-Za-z0-9]{0,63}$/;

/** What ClinikAPI wraps records in, besides names that R4 has, too. */
const ENVELOPE = ['cursor', 'hasMore', 'page', 'pageSize', 'requestId', 'issues'];

let payloadNames: ReadonlySet<string> | undefined;

/**
 * True for the name of a property of R4 or ClinikAPI, which may be shown to anybody. Any other name could be a value: a
 * patient's name as a key, say.
 */
export function isKnownName(name: string): boolean {
  if (!NAME.test(name)) return false;
  if (isPropertyName(name)) return true;
  payloadNames ??= new Set([...ENVELOPE, ...Object.values(lenses).flatMap(({ schema }) => [...namesIn(schema)])]);
  return payloadNames.has(name);
}
