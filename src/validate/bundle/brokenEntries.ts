import { isObject, type JsonObject, own } from '../../lens/json.js';
import { fullUrlOf, resourceOf } from './bundleIndex.js';

/** True for an entry that breaks a rule on all entries of its Bundle. */
type Breaks = (entry: unknown, type: unknown) => boolean;

const has = (entry: unknown, element: 'request' | 'response' | 'search'): boolean =>
  isObject(entry) && own(entry, element) !== undefined;

const WITH_REQUEST: ReadonlySet<unknown> = new Set(['batch', 'transaction', 'history']);
const WITH_RESPONSE: ReadonlySet<unknown> = new Set(['batch-response', 'transaction-response', 'history']);

/** The invariants of a Bundle that speak of its entries (https://hl7.org/fhir/R4/bundle.html#invs), and who breaks them. */
const RULES: ReadonlyMap<string, () => Breaks> = new Map([
  ['bdl-2', () => (entry) => has(entry, 'search')],
  ['bdl-3', () => (entry, type) => has(entry, 'request') !== WITH_REQUEST.has(type)],
  ['bdl-4', () => (entry, type) => has(entry, 'response') !== WITH_RESPONSE.has(type)],
  ['bdl-7', repeats],
  ['bdl-11', first],
  ['bdl-12', first],
]);

/** The entries that break an invariant of their Bundle, which is broken; none where it is not about them. */
export function brokenEntries(key: string, bundle: JsonObject): readonly number[] {
  const breaks = RULES.get(key)?.();
  const entries = breaks === undefined ? undefined : own(bundle, 'entry');
  if (breaks === undefined || !Array.isArray(entries)) return [];
  const type = own(bundle, 'type');
  return entries.flatMap((entry: unknown, index) => (breaks(entry, type) ? [index] : []));
}

/** Breaks by the fullUrl and version of an entry before it. */
function repeats(): Breaks {
  const seen = new Set<string>();
  return (entry) => {
    const fullUrl = fullUrlOf(entry);
    if (fullUrl === undefined) return false;
    const meta = own(resourceOf(entry) ?? {}, 'meta');
    const version = isObject(meta) ? own(meta, 'versionId') : undefined;
    const { size } = seen;
    return seen.add(`${fullUrl}${typeof version === 'string' ? version : ''}`).size === size;
  };
}

/** Breaks where it is the first of all. */
function first(): Breaks {
  let isFirst = true;
  return () => {
    const breaks = isFirst;
    isFirst = false;
    return breaks;
  };
}
