import { targetsAllowed } from '../fhir/allowedWords.js';
import { RESOURCE_TYPES } from '../fhir/generated/resourceTypes.js';
import { parseLiteral } from '../fhir/references/literal.js';
import { isIdFrom, isIdOf } from '../fhir/references/plainId.js';
import { isR4Uri } from '../fhir/references/uri.js';
import { type JsonObject, own } from '../lens/json.js';
import { checkInBundle } from './bundle/referenceInBundle.js';
import { followFragment, isFragment } from './fragment.js';
import type { Check, ReferenceTest } from './glance/shape.js';
import { report, type Walk } from './walk.js';

interface ReferenceCheck {
  readonly check: Check;
  /**
   * True for `[type]/[id]` and for a search, of a type that is allowed; what a Bundle says of it is reported. Outside of Bundles also for a
   * UUID, which tells no type.
   */
  readonly isPlain: ReferenceTest;
}

/**
 * The check of a Reference: what it points at has a type that R4 allows here, and the type it states
 * (https://hl7.org/fhir/R4/references.html#Reference). What a Bundle's references point at, the Bundle decides.
 */
export function referenceCheck(targets: readonly string[] | undefined): ReferenceCheck {
  const allowed = targets === undefined ? undefined : new Set(targets);
  // What stands at one place mostly points at one type.
  let usual = '';
  // Empty where it tells none.
  const typeOfPlain = (reference: string, walk: Walk): string | undefined => {
    if (walk.bundle === undefined) {
      if (isIdOf(usual, reference)) return usual;
      if (UUID.test(reference)) return '';
    }
    const type = plainTypeIn(reference, allowed);
    if (type === undefined) return undefined;
    usual = type;
    if (walk.bundle !== undefined) checkInBundle(reference, walk);
    return type;
  };
  const isPlain: ReferenceTest = (reference, walk) => typeOfPlain(reference, walk) !== undefined;
  const check: Check = (value, walk) => {
    const reference = own(value, 'reference');
    const stated = own(value, 'type');
    const target =
      typeof reference !== 'string' ? undefined : (typeOfPlain(reference, walk) ?? targetOf(reference, allowed, walk));
    checkTypes(target === '' ? undefined : target, typeof stated === 'string' ? stated : undefined, allowed, walk);
  };
  return { check, isPlain };
}

const UUID = /^urn:uuid:[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Checks where a reference leads that is none of the plain ones; gives the type of what is there, as far as its text, the container and the Bundle tell. */
function targetOf(reference: string, allowed: ReadonlySet<string> | undefined, walk: Walk): string | undefined {
  if (isFragment(reference)) {
    const inside = followFragment(reference, walk);
    if (inside === undefined) report(walk, 'ref-1');
    return typeOf(inside);
  }
  const isRight = isWellFormed(reference);
  if (!isRight) report(walk, 'reference-format', undefined, 'reference');
  // One that is absolute leads somewhere, however it is written.
  if (!isRight && !SCHEME.test(reference)) return undefined;
  const target = typeIn(reference, allowed) ?? typeOf(walk.environment.resolve(reference));
  if (walk.bundle !== undefined) checkInBundle(reference, walk);
  return target;
}

/**
 * The type of what nearly every reference looks like, `[type]/[id]` or a search for a type that is allowed: it need not be taken apart.
 */
function plainTypeIn(reference: string, allowed: ReadonlySet<string> = RESOURCE_TYPES): string | undefined {
  const question = reference.indexOf('?');
  const end = question < 0 ? reference.indexOf('/') : question;
  const type = reference.slice(0, Math.max(end, 0));
  if (!allowed.has(type)) return undefined;
  return (question < 0 ? isIdFrom(reference, end + 1) : !UNUSUAL.test(reference)) ? type : undefined;
}

/** What few searches have, white space among it. */
const UNUSUAL = /[^\x21-\x7e]/;

const SCHEME = /^[A-Za-z][A-Za-z0-9+\-.]*:/;

/**
 * True for an absolute URI, and for a relative one of the form `[type]/[id]`, with or without a version, or a search
 * (https://hl7.org/fhir/R4/references.html#literal).
 */
function isWellFormed(reference: string): boolean {
  if (reference === '') return true;
  if (SCHEME.test(reference)) return isR4Uri(reference);
  const kind = parseLiteral(reference)?.kind;
  return kind === 'relative' || kind === 'conditional';
}

function checkTypes(
  target: string | undefined,
  stated: string | undefined,
  allowed: ReadonlySet<string> | undefined,
  walk: Walk,
): void {
  if (target !== undefined && allowed !== undefined && !allowed.has(target)) reportTarget(target, allowed, walk);
  // What is no URI is reported as that.
  if (stated === undefined || stated === '' || !isR4Uri(stated)) return;
  if (!RESOURCE_TYPES.has(stated) && !ABSTRACT.has(stated)) {
    report(walk, 'reference-type-unknown', undefined, 'type');
  } else if (target !== undefined && RESOURCE_TYPES.has(stated)) {
    if (stated !== target) report(walk, 'reference-type');
  } else if (allowed !== undefined && !allowed.has(stated)) reportTarget(stated, allowed, walk);
}

function reportTarget(target: string, allowed: ReadonlySet<string>, walk: Walk): void {
  const name = walk.names[walk.depth] ?? 'The reference';
  report(walk, 'reference-target', targetsAllowed(name, allowed, target));
}

const ABSTRACT: ReadonlySet<string> = new Set(['DomainResource', 'Resource']);

/** The type that the text of a reference tells. */
export function typeIn(reference: string, allowed: ReadonlySet<string> | undefined): string | undefined {
  const slash = reference.indexOf('/');
  if (slash > 0 && allowed !== undefined) {
    const type = reference.slice(0, slash);
    // What nearly every reference looks like: the rest need not be taken apart.
    if (allowed.has(type)) return type;
  }
  return parseLiteral(reference)?.type;
}

/** The type of a resource, as far as R4 has it. */
function typeOf(resource: JsonObject | undefined): string | undefined {
  const type = resource?.resourceType;
  return typeof type === 'string' && RESOURCE_TYPES.has(type) ? type : undefined;
}
