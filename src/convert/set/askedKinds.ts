import { referencesWithin } from '../../bundle/links.js';
import { RESOURCE_TYPES } from '../../fhir/generated/resourceTypes.js';
import { isClinikSystem } from '../../fhir/references/identity.js';
import { readLiteral } from '../../fhir/references/literal.js';
import { isObject, type JsonObject, own } from '../../lens/json.js';
import type { RawRecord } from '../../read/recordsOfValue.js';
import { findLens, lenses } from '../../resources/registry.js';
import { textsOf } from '../../resources/targets/target.js';
import { isRawType } from '../raw/rawTypes.js';
import { READ, readAt } from './readTypes.js';
import { URLS } from './repeatedNames.js';

/** What a set is searched for: the resources of a type, or with `URLS` whatever has a fullUrl. */
export type Kind = string;

/**
 * What has to be known of a set to find what a reference leads to. One that tells type and id is looked for only if its type
 * `isWorth` it: whoever wants no more than the id has that already.
 */
export function kindsFor(
  reference: string,
  home: string | undefined,
  isWorth: (resourceType: string) => boolean,
): readonly Kind[] {
  const [, searched] = /^([A-Za-z]+)\?identifier=/.exec(reference) ?? [];
  if (searched !== undefined) return RESOURCE_TYPES.has(searched) ? [searched] : [];
  const literal = readLiteral(reference);
  if (literal === undefined || literal.kind === 'contained' || literal.kind === 'conditional') return [];
  const { kind, type, id, base } = literal;
  if (type === undefined || id === undefined) return [URLS];
  const isAtHome = kind === 'relative' || base === home;
  if (!isWorth(type) && (isAtHome || home === undefined)) return [];
  return isAtHome ? [type] : [type, URLS];
}

/** A server that nobody has: what is relative in a Bundle may be so to another server than home. */
const ABROAD = 'https://abroad.invalid';

/** The types that a field takes alone, so that an identifier needs no type there. */
const ALONE: ReadonlySet<string> = new Set(
  Object.values(lenses).flatMap(({ fields }) =>
    fields.flatMap(({ targets = [] }) => (targets.length === 1 && targets[0] !== 'Resource' ? targets : [])),
  ),
);

/** Texts of references that were looked at already, and whether in a Bundle, where more is asked for. */
export type SeenTexts = Map<string, boolean>;

/**
 * All that the conversion of a record may have to know of a set, and what that leads to. What `seen` has says nothing new to whoever
 * gathers the kinds of all records.
 */
export function askableKinds(
  record: RawRecord,
  home: string | undefined,
  isWorth: (resourceType: string) => boolean,
  rawTypes?: readonly string[],
  seen: SeenTexts = new Map(),
): Set<Kind> {
  const kinds = new Set<Kind>();
  const add = (more: Iterable<Kind>): void => {
    for (const kind of more) kinds.add(kind);
  };
  if (!('value' in record)) return kinds;
  const { value, within } = record;
  const type = own(value, 'resourceType');
  if (typeof type !== 'string') return kinds;
  if (findLens(type) === undefined && !READ.has(type) && !isRawType(type, rawTypes)) return kinds;
  const addText = (text: unknown): void => {
    if (typeof text !== 'string') return;
    const isInBundle = within !== undefined;
    const before = seen.get(text);
    if (before === true || before === isInBundle) return;
    seen.set(text, isInBundle);
    add(kindsFor(text, home, isWorth));
    if (isInBundle) add(kindsFor(`${ABROAD}/${text}`, home, isWorth));
  };
  const attachments = own(value, 'presentedForm');
  for (const attachment of Array.isArray(attachments) ? attachments : [])
    if (isObject(attachment)) addText(own(attachment, 'url'));
  for (const { reference: text, identifier, type: told } of referencesWithin(value)) {
    addText(text);
    if (isObject(identifier) && !isClinikSystem(identifier.system))
      add(typeof told === 'string' && RESOURCE_TYPES.has(told) ? [told] : ALONE);
  }
  for (const reference of read(value)) for (const text of textsOf(reference)) add(kindsFor(text, home, readAt(text)));
  const contained = own(value, 'contained');
  for (const inside of Array.isArray(contained) ? contained : []) {
    const its = isObject(inside) && own(inside, 'identifier') !== undefined ? own(inside, 'resourceType') : undefined;
    if (typeof its === 'string' && RESOURCE_TYPES.has(its)) kinds.add(its);
  }
  return kinds;
}

/** The references of a record of which a rule reads more than an id. */
function read(value: JsonObject): JsonObject[] {
  const items = (key: string): JsonObject[] => {
    const list = own(value, key);
    return Array.isArray(list) ? list.filter(isObject) : [];
  };
  return [
    ...items('reasonReference'),
    ...[...items('diagnosis'), ...items('finding')].flatMap((item) => [item.condition, item.itemReference]),
  ].filter(isObject);
}
