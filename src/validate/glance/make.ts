import type { ElementDefinition, StructureDefinition } from '../../fhir/definitions.js';
import { extensionNamed } from '../../fhir/extensions.js';
import { own } from '../../lens/json.js';
import { ADDRESSES, isKnownPlain, unlessPlain } from '../address.js';
import { cleanNarrative, hasNoAnchors } from '../narrative/fast.js';
import type { PrimitiveTest } from '../primitive.js';
import type { CodeTest } from '../terminology.js';
import type { Walk } from '../walk.js';
import type { Check, Glance, TextCheck } from './shape.js';

/** No glance: a full look it is. */
export const NO_GLANCE: Glance = {
  kind: 'never',
  isList: false,
  fits: () => false,
  isPlain: undefined,
  check: undefined,
  invariantsOf: undefined,
  shapeOf() {
    throw new Error('a primitive has no shape');
  },
  shape: undefined,
};

const glanceOf = (kind: Glance['kind'], { isList }: ElementDefinition, parts: Partial<Glance>): Glance => ({
  ...NO_GLANCE,
  kind,
  isList,
  ...parts,
});

/** What holds resources, each of which is glanced at by itself. */
const HOLDS_RESOURCES: ReadonlySet<string> = new Set(['Bundle.entry', 'Parameters.parameter']);

/** The glance at an element that is an object. */
export function objectGlance(
  type: string,
  element: ElementDefinition,
  owner: StructureDefinition,
  asked: Pick<Glance, 'isPlain' | 'check' | 'shapeOf' | 'invariantsOf'>,
): Glance {
  const path = `${owner.path}.${element.name}`;
  // The narrative of a resource is nothing but its text, which is read once so.
  const isNarrative = type === 'Narrative' && owner.kind === 'resource';
  const isNever = type === 'Resource' || isNarrative || HOLDS_RESOURCES.has(path);
  const hasInvariants = element.invariants.length > 0;
  return glanceOf(isNever ? 'never' : 'object', element, {
    ...asked,
    isPlain: hasInvariants ? undefined : asked.isPlain,
    check: type === 'Extension' ? doubtKnownExtension : asked.check,
    invariantsOf: hasInvariants ? asked.invariantsOf : undefined,
  });
}

/** One check that makes all of them. */
export function checkAll(checks: readonly Check[]): Check | undefined {
  if (checks.length < 2) return checks[0];
  return (value, walk, since) => {
    for (const check of checks) check(value, walk, since);
  };
}

/** What HL7 or a guide says of an extension depends on where it stands. */
const doubtKnownExtension: Check = (value, walk) => {
  const url = own(value, 'url');
  if (typeof url !== 'string' || walk.profiles !== undefined || extensionNamed(url) !== undefined) doubt(url, walk);
};

const doubt = (_: unknown, walk: Walk): void => {
  walk.isInDoubt = true;
};

/** What is asked of the values of a primitive element. */
interface Asked {
  readonly fits: PrimitiveTest;
  readonly set: CodeTest | undefined;
  readonly check: TextCheck | undefined;
  readonly hasInvariants: boolean;
}

/** The glance at a primitive element. */
export function primitiveGlance(
  type: string,
  element: ElementDefinition,
  owner: StructureDefinition,
  asked: Asked,
): Glance {
  // Invariants may ask for what stands beside the value.
  return asked.hasInvariants ? NO_GLANCE : glanceOf('value', element, { fits: primitiveFits(type, owner, asked) });
}

function primitiveFits(type: string, { path }: StructureDefinition, { fits, set, check }: Asked): Glance['fits'] {
  if (type === 'xhtml') return (value) => typeof value === 'string' && hasNoAnchors(cleanNarrative(value));
  if (check === undefined) {
    const { codes } = set ?? {};
    // All of them are well-formed.
    if (codes !== undefined) return (value) => typeof value === 'string' && codes.has(value);
    if (set === undefined) return fits;
  }
  const isAddress = set === undefined && ADDRESSES.has(type);
  const further = path === 'Extension' && isAddress ? unlessPlain(doubt) : check;
  return (value, walk) => {
    if (isAddress && isKnownPlain(value)) return true;
    if (typeof value !== 'string' || !fits(value)) return false;
    further?.(value, walk);
    return set?.has(value, walk) !== false;
  };
}
