import { isClinikSystem } from '../fhir/references/identity.js';
import { readLiteral } from '../fhir/references/literal.js';
import { parseSearch } from '../fhir/references/search.js';
import type { ReadOptions } from '../fhir/scope.js';
import { isObject, own } from '../lens/json.js';
import type { BundleEntry } from './references.js';

/** What a lens cannot tell of a record whose references were restored: the id that these give it, and how its subject was found. */
export function knownOf({ resource }: BundleEntry, id: string | undefined): NonNullable<ReadOptions['known']> {
  const subject = own(resource, 'subject') ?? own(resource, 'for');
  const text = isObject(subject) ? subject.reference : undefined;
  const search = typeof text === 'string' ? parseSearch(readLiteral(text)?.reference ?? '') : undefined;
  return { id, isSubjectSearched: search !== undefined && !isClinikSystem(search.system) };
}
