import type { Bundle } from 'fhir/r4.js';
import { locate } from '../fhir/expression.js';
import { RESOURCE_TYPES } from '../fhir/generated/resourceTypes.js';
import type { ConvertOptions } from '../fhir/scope.js';
import type { Loss } from '../lens/diff.js';
import type { Issue } from '../lens/issue.js';
import { isObject, type JsonObject, own } from '../lens/json.js';
import { findLens, type Lenses, lenses, type Path } from '../resources/registry.js';
import { type Item, type OpenBundle, openBundle } from './entries.js';
import { idOfEntry, readable, type Surveyed, surveyed } from './readable.js';
import type { BundleEntry } from './references.js';
import { bundleRefusals, refusal } from './refusals.js';
import { type Fate, fatesByName, recordName, type Version } from './versions.js';

/** The payloads of a Bundle, one list for each path there is, in the order of the entries. */
export type BundlePayloads = {
  [P in Path]: (ReturnType<Lenses[P]['fromFhir']>['payload'] & { id?: string })[];
};

/** An entry that has no payload. */
export interface SkippedEntry {
  /** Its position in its own Bundle. */
  readonly index: number;
  /** Where that is: `Bundle.entry[3]`, `Bundle.entry[0].resource.entry[2]`. */
  readonly expression: string;
  /** A type of R4; undefined where the entry has no resource of one. */
  readonly resourceType: string | undefined;
  /**
   * `other-type`: there are no payloads of its type; `no-resource`: it holds none, or says that its record was deleted;
   * `older-version`: there is a newer one of the record, or its deletion; `copy`: another entry says the same; `refused`: an issue of
   * this location says why.
   */
  readonly reason: 'other-type' | 'no-resource' | 'older-version' | 'copy' | 'refused';
}

/** What `bundleToPayloads` gives. */
export interface BundleToPayloadsResult {
  payloads: BundlePayloads;
  /** Every place where the Bundle says something of a record that its payload does not. Never a value. */
  losses: Loss[];
  issues: Issue[];
  skipped: SkippedEntry[];
}

/** What the entry says of the exchange and not of the record. */
const EXCHANGE = new Set([
  'id',
  'meta',
  'identifier',
  'timestamp',
  'total',
  'language',
  'link',
  'search',
  'request',
  'response',
]);

/** What a conversion gathers on its way through the entries. */
interface Gathering extends Omit<BundleToPayloadsResult, 'payloads'> {
  readonly lists: ReadonlyMap<string, object[]>;
  readonly known: Surveyed;
  readonly fateOf: (item: Item) => Fate;
}

/**
 * The payloads of a Bundle of any type, and of the Bundles in it (https://hl7.org/fhir/R4/bundle.html). References are resolved
 * inside of it as R4 says, and give the ClinikAPI id of the record that they lead to: its identifier of ClinikAPI's, else its
 * own id, else the one in its fullUrl. A record that has only a `urn:uuid:` gets an id where another record refers to it.
 *
 * Under an id map (`resolveId`), a record's id is its identifier of ClinikAPI's, else what the map has for its fullUrl, for its
 * `Type/id`, or for the search for one of its identifiers. A record with a payload that neither knows keeps its own id, so that
 * others can refer to it, unless the map or another record of the Bundle says that ClinikAPI gave that id to another; then it has
 * none. What is not in the Bundle is what the map has for the reference.
 *
 * Of several versions of a record, by server, type and id, the newest one counts, by `meta.lastUpdated`, else as the first one of a
 * history; where that is refused or deleted, no older one takes its place. Where nothing tells which it is, none is converted.
 *
 * An entry that ClinikAPI cannot hold is an issue, with its location in the Bundle, and is skipped. The `path` of a loss is
 * that of its resource (`Encounter.text`); a fullUrl is no loss.
 * @throws only what a function among the options throws.
 */
export function bundleToPayloads(bundle: Bundle, options: ConvertOptions = {}): BundleToPayloadsResult {
  const lists = new Map(Object.keys(lenses).map((path): [string, object[]] => [path, []]));
  const losses: Loss[] = [];
  const issues: Issue[] = [];
  const skipped: SkippedEntry[] = [];
  const input: unknown = bundle;
  if (isObject(input) && own(input, 'resourceType') === 'Bundle') {
    const open = openBundle(input);
    gather(open, { lists, losses, issues, skipped, known: surveyed(open, options), fateOf: fates(open, options) });
  } else issues.push(refusal('structure', 'resource-type', 'The record is no resource of type Bundle.', '$this'));
  return { payloads: Object.fromEntries(lists) as object as BundlePayloads, losses, issues, skipped };
}

function gather({ bundle, place, items }: OpenBundle, to: Gathering, forbidden?: Issue): void {
  if (items === undefined) {
    to.issues.push(at(bundleRefusals.noEntries, `${place}.entry`));
    return;
  }
  const hasRules = own(bundle, 'implicitRules') !== undefined;
  const barred = forbidden ?? (hasRules ? at(bundleRefusals.implicitRules, `${place}.implicitRules`) : undefined);
  const before = to.losses.length;
  for (const item of items) gatherItem(item, to, barred ?? modifierOf(item));
  const said = surroundings(bundle, ['resourceType', 'type', 'entry'], place, 'Bundle');
  to.losses.splice(before, 0, ...said);
}

function modifierOf({ value, place }: Item): Issue | undefined {
  if (!isObject(value) || own(value, 'modifierExtension') === undefined) return undefined;
  return at(bundleRefusals.modifiedEntry, `${place}.modifierExtension`);
}

/** What each entry is among the versions of its record, in all of the Bundles. */
function fates(open: OpenBundle, { baseUrl }: ConvertOptions): Gathering['fateOf'] {
  const versions: { item: Item; name: string | undefined; version: Version }[] = [];
  const collect = ({ bundle, items = [] }: OpenBundle, isAround: boolean): void => {
    for (const item of items) {
      const { version, nested } = item;
      const isDoubtful = isAround || own(bundle, 'implicitRules') !== undefined || modifierOf(item) !== undefined;
      if (nested?.bundle !== undefined) collect(nested.bundle, isDoubtful);
      else if (version !== undefined)
        versions.push({ item, name: recordName(version, baseUrl), version: { ...version, isDoubtful } });
    }
  };
  collect(open, false);
  const known = fatesByName(versions);
  const byItem = new Map(versions.map(({ item }, index) => [item, known[index]]));
  return (item) => byItem.get(item) ?? 'newest';
}

const LEFT_OUT = { older: 'older-version', copy: 'copy' } as const;

function gatherItem(item: Item, to: Gathering, barred: Issue | undefined): void {
  const { value, index, place, entry, nested, version } = item;
  const type = version === undefined ? undefined : own(version.resource, 'resourceType');
  const fate = to.fateOf(item);
  const resourceType = typeof type === 'string' && RESOURCE_TYPES.has(type) ? type : undefined;
  const skip = (reason: SkippedEntry['reason'], ...issues: Issue[]): void => {
    to.issues.push(...issues);
    to.skipped.push({ index, expression: place, resourceType, reason });
  };
  if (!isObject(value)) skip('refused', at(bundleRefusals.notAnObject, place));
  else if (version?.isDeleted === true) {
    if (fate === 'older' || fate === 'copy') skip(LEFT_OUT[fate]);
    else if (fate === 'unclear') skip('refused', at(bundleRefusals.unclearVersion, place));
    else if (barred !== undefined) skip('refused', barred);
    else skip('no-resource');
  } else if (entry === undefined) {
    if (own(value, 'resource') === undefined) skip('no-resource');
    else skip('refused', at(bundleRefusals.notAnObject, `${place}.resource`));
  } else if (nested !== undefined) {
    if (nested.bundle === undefined) skip('refused', at(bundleRefusals.tooDeep, `${place}.resource`));
    else gather(nested.bundle, to, barred);
  } else if (resourceType === undefined) {
    const why = typeof type === 'string' ? bundleRefusals.notR4 : bundleRefusals.noType;
    skip('refused', at(why, `${place}.resource.resourceType`));
  } else {
    const lens = findLens(resourceType);
    if (lens === undefined) skip('other-type');
    else if (fate === 'older' || fate === 'copy') skip(LEFT_OUT[fate]);
    else if (fate === 'unclear') skip('refused', at(bundleRefusals.unclearVersion, `${place}.resource`));
    else if (barred !== undefined) skip('refused', barred);
    else {
      const refusals = convert(item, entry, lens, to);
      if (refusals !== undefined) skip('refused', ...refusals);
      else to.losses.push(...surroundings(value, ['fullUrl', 'resource'], place, 'Bundle.entry'));
    }
  }
}

/** Adds the payload of an entry; gives the reasons where there is none. */
function convert(item: Item, entry: BundleEntry, lens: Lenses[Path], to: Gathering): Issue[] | undefined {
  const place = `${item.place}.resource`;
  const { resource, options } = readable(item, entry, to.known);
  const result = lens.safeFromFhir(resource, options);
  const issues = result.issues.map((issue) => ({
    ...issue,
    expression: issue.expression.map((from) => moved(from, place)),
  }));
  if (!result.ok) return issues;
  const id = idOfEntry(result.id, item, entry, to.known);
  to.lists.get(lens.path)?.push(id === undefined ? result.payload : { id, ...result.payload });
  to.losses.push(...result.losses.map((loss) => ({ ...loss, expression: moved(loss.expression, place) })));
  to.issues.push(...issues);
  return undefined;
}

/** What is said around records, besides what is known to be none of theirs. */
function surroundings(around: JsonObject, known: readonly string[], place: string, path: string): Loss[] {
  return Object.keys(around)
    .filter((key) => !known.includes(key))
    .map((key) => ({
      expression: locate(place, [key]).expression,
      path: locate(path, [key]).path,
      kind: 'missing',
      class: EXCHANGE.has(key) ? 'record' : 'content',
      reason: 'no-field',
    }));
}

const at = (issue: Issue, expression: string): Issue => ({ ...issue, expression: [expression] });

/** A location in a resource, `Encounter.period`, as one in the Bundle. */
function moved(expression: string, place: string): string {
  const dot = expression.indexOf('.');
  return dot < 0 ? place : `${place}${expression.slice(dot)}`;
}
