import { typeNamed } from '../fhir/definitions.js';
import { RESOURCE_TYPES } from '../fhir/generated/resourceTypes.js';
import { isObject, type JsonObject, own } from '../lens/json.js';
import { checkEntries } from './bundle/bundleEntries.js';
import { indexBundle, resourceOf } from './bundle/bundleIndex.js';
import { isFragment, isReferredTo, startFragments } from './fragment.js';
import { OBJECT_EXPECTED, reportWrongType } from './look.js';
import { checkAnswers } from './questionnaire.js';
import { atChild, entryInFocus, report, type Walk, walkPast, within } from './walk.js';

/** Looks at a resource, which is in focus: the one that was given, one that another contains, or one inside an entry. */
export function lookAtResource(value: unknown, place: 'contained' | 'inside', walk: Walk): void {
  if (!isObject(value)) {
    reportWrongType(value, OBJECT_EXPECTED, walk);
    return;
  }
  const type = own(value, 'resourceType');
  if (typeof type !== 'string' || !RESOURCE_TYPES.has(type)) {
    reportType(value, type, walk);
    walkPast(value, walk);
  } else if (place === 'contained') lookAtContained(value, type, walk);
  else lookAtRoot(value, type, walk);
}

function reportType(value: JsonObject, type: unknown, walk: Walk): void {
  if (typeof type === 'string') report(walk, 'resource-type-unknown');
  else if (Object.keys(value).length === 0) report(walk, 'empty-value');
  else report(walk, type === undefined ? 'missing-element' : 'wrong-json-type', undefined, 'resourceType');
}

function lookAtContained(value: JsonObject, type: string, walk: Walk): void {
  const { environment } = walk;
  const { fragments } = walk;
  if (fragments !== undefined) fragments.refersBack = false;
  within(walk, { ...environment, resource: value }, () => {
    lookInside(value, type, walk);
  });
  if (fragments?.refersBack) fragments.back.add(value);
}

function lookAtRoot(value: JsonObject, type: string, walk: Walk): void {
  const { fragments, ids, bundle } = walk;
  const { environment } = walk;
  walk.fragments = typeNamed(type).elements.has('contained') ? startFragments(value) : undefined;
  walk.ids = undefined;
  within(walk, { ...environment, resource: value, rootResource: value }, () => {
    if (type === 'Bundle') walk.bundle = indexBundle(value, walk.depth);
    lookInside(value, type, walk);
    if (type === 'Bundle') checkEntries(value, walk);
    if (type === 'QuestionnaireResponse') checkAnswers(value, walk);
    checkContained(value, walk);
  });
  walk.fragments = fragments;
  walk.ids = ids;
  walk.bundle = bundle;
}

function lookInside(value: JsonObject, type: string, walk: Walk): void {
  walk.walkers.of(typeNamed(type))(value, walk);
  const { meta } = value;
  const claimed = meta === undefined ? [] : claimsOf(meta);
  if (walk.profiles !== undefined) walk.profiles.resource(value, type, claimed, walk);
  else if (claimed.length > 0) noteUnchecked(claimed.length, walk);
}

function noteUnchecked(claims: number, walk: Walk): void {
  atChild(walk, 'meta', -1, () => {
    for (let index = 0; index < claims; index += 1) report(walk, 'profile-not-checked', undefined, 'profile', index);
  });
}

function claimsOf(meta: unknown): readonly unknown[] {
  const profiles = isObject(meta) ? own(meta, 'profile') : undefined;
  return Array.isArray(profiles) ? profiles : [];
}

/**
 * What is contained is referred to from elsewhere in the resource, or refers to it (dom-3,
 * https://hl7.org/fhir/R4/references.html#contained), by an id that no other contained resource has.
 */
function checkContained(value: JsonObject, walk: Walk): void {
  const { fragments } = walk;
  if (fragments === undefined || !Array.isArray(value.contained)) return;
  value.contained.forEach((contained, index) => {
    if (!isObject(contained)) return;
    const { id } = contained;
    if (typeof id === 'string' && fragments.find(id)?.resource !== contained) {
      report(walk, 'contained-id', undefined, 'contained', index);
    }
    if (!isReferredTo(contained, fragments)) report(walk, 'dom-3', undefined, 'contained', index);
  });
}

/** The resource that a reference points at, as far as the input holds it. */
export function resolverOf(current: () => Walk): (reference: string) => JsonObject | undefined {
  return (reference) => {
    const walk = current();
    const { environment, bundle, fragments } = walk;
    if (reference === '#') return environment.rootResource;
    if (isFragment(reference)) return fragments?.find(reference.slice(1))?.resource;
    if (bundle === undefined) return undefined;
    const lead = bundle.follow(reference, entryInFocus(walk, bundle));
    return typeof lead === 'number' ? resourceOf(bundle.entries[lead]) : undefined;
  };
}
