import type { Issue } from '../lens/issue.js';
import { isObject, type JsonObject, own } from '../lens/json.js';
import { type BundleEntry, bundleReferences, idInBundle, type Resolve } from './references.js';
import { type Source, sourceOf, typeName } from './source.js';
import type { Value } from './values.js';

/** One record of a file. */
export type RawRecord = { readonly source: Source } & (
  | { readonly value: JsonObject; readonly resolve?: Resolve }
  | { readonly unreadable: Issue }
  /** An entry of a Bundle that holds no resource: a request, or the answer to one. */
  | { readonly empty: true }
);

/** Deeper than Bundles and lists are ever nested; what goes further is refused before a recursion could overflow. */
const MAX_NESTING = 32;

/** Where a value stands, and what its surroundings say of it. */
interface Place {
  readonly file: string;
  readonly line: number;
  /** The indexes of the Bundles and lists around it. */
  readonly entry: readonly number[];
  readonly within?: { readonly entry: BundleEntry; readonly resolve: Resolve };
  /** Why nothing here may be converted. */
  readonly forbidden?: Issue;
}

/** The records of a JSON value: itself, or those of a Bundle or a list at any depth. */
export function* recordsOf(file: string, value: Value): Generator<RawRecord> {
  const place: Place = { file, line: value.line, entry: [] };
  if ('unreadable' in value) yield { source: source(place), unreadable: value.unreadable };
  else yield* unfold(value.value, place);
}

function* unfold(value: unknown, place: Place): Generator<RawRecord> {
  if (place.entry.length > MAX_NESTING) yield { source: source(place), unreadable: TOO_DEEP };
  else if (Array.isArray(value)) {
    for (const [index, item] of value.entries()) yield* unfold(item, { ...place, entry: [...place.entry, index] });
  } else if (!isObject(value)) yield { source: source(place), unreadable: NOT_AN_OBJECT };
  else if (own(value, 'resourceType') === 'Bundle') yield* unfoldBundle(value, place);
  else yield record(value, place);
}

function record(value: JsonObject, place: Place): RawRecord {
  const { within, forbidden } = place;
  const id = within === undefined ? own(value, 'id') : idInBundle(within.entry);
  const from = source(place, typeName(value), id);
  if (forbidden !== undefined) return { source: from, unreadable: forbidden };
  return within === undefined ? { source: from, value } : { source: from, value, resolve: within.resolve };
}

function* unfoldBundle(bundle: JsonObject, place: Place): Generator<RawRecord> {
  const items = own(bundle, 'entry') ?? [];
  if (!Array.isArray(items)) {
    yield { source: source(place, 'Bundle', own(bundle, 'id')), unreadable: NO_ENTRIES };
    return;
  }
  const forbidden = place.forbidden ?? (own(bundle, 'implicitRules') === undefined ? undefined : IMPLICIT_RULES);
  const references = bundleReferences(items.flatMap((item) => bundleEntry(item) ?? []));
  for (const [index, item] of items.entries()) {
    const entry = bundleEntry(item);
    const { file, line } = place;
    const at: Place = { file, line, entry: [...place.entry, index] };
    if (!isObject(item)) yield { source: source(at), unreadable: NOT_AN_OBJECT };
    else if (entry === undefined) yield unfilled(item, at);
    else {
      const barred = forbidden ?? (own(item, 'modifierExtension') === undefined ? undefined : MODIFIED_ENTRY);
      const resolve = withOuter(references.within(entry), place.within?.resolve);
      const within = { entry, resolve };
      yield* unfold(entry.resource, { ...at, within, ...(barred === undefined ? {} : { forbidden: barred }) });
    }
  }
}

function bundleEntry(item: unknown): BundleEntry | undefined {
  if (!isObject(item)) return undefined;
  const resource = own(item, 'resource');
  const fullUrl = own(item, 'fullUrl');
  if (!isObject(resource)) return undefined;
  return { resource, fullUrl: typeof fullUrl === 'string' && fullUrl !== '' ? fullUrl : undefined };
}

function unfilled(item: JsonObject, at: Place): RawRecord {
  if (own(item, 'resource') === undefined) return { source: source(at), empty: true };
  return { source: source(at), unreadable: NOT_AN_OBJECT };
}

/** A nested Bundle may refer to what is around it by a name that means the same everywhere. */
function withOuter(inner: Resolve, outer: Resolve | undefined): Resolve {
  if (outer === undefined) return inner;
  return (reference) => inner(reference) ?? (reference.includes(':') ? outer(reference) : undefined);
}

function source({ file, line, entry }: Place, resourceType?: string, id?: unknown): Source {
  return sourceOf({ file, line, ...(entry.length === 0 ? {} : { entry: entry.join('.') }) }, resourceType, id);
}

function refusal(code: Issue['code'], id: string, diagnostics: string, ...expression: string[]): Issue {
  return { severity: 'error', code, id, expression, diagnostics };
}

const NOT_AN_OBJECT = refusal('structure', 'record-unknown', 'A record is a JSON object.');
const TOO_DEEP = refusal('structure', 'too-deep', `Bundles and lists are nested more than ${MAX_NESTING} levels deep.`);
const NO_ENTRIES = refusal('structure', 'bundle-entry', 'The entries of a Bundle are a list.', 'Bundle.entry');
const IMPLICIT_RULES = refusal(
  'not-supported',
  'implicit-rules',
  'Rules of the Bundle that ClinikAPI does not know could turn the meaning of the record round.',
  'Bundle.implicitRules',
);
const MODIFIED_ENTRY = refusal(
  'not-supported',
  'modifier-extension',
  'An extension of the Bundle entry that ClinikAPI does not know could turn the meaning of the record round.',
  'Bundle.entry.modifierExtension',
);
