import type { ElementDefinition, StructureDefinition } from '../../fhir/definitions.js';
import { extensionNamed } from '../../fhir/extensions.js';
import { own } from '../../lens/json.js';
import { ADDRESSES, unlessPlain } from '../address.js';
import type { PrimitiveTest } from '../primitive.js';
import type { CodeTest } from '../terminology.js';
import type { Walk } from '../walk.js';
import type { Check, Glance, Kind, TextCheck } from './shape.js';

/** No glance: a full look it is. */
export const NO_GLANCE: Glance = {
  kind: 'never',
  isList: false,
  fits: () => false,
  codes: new Set(),
  further: undefined,
  isPlain: undefined,
  check: undefined,
  invariantsOf: undefined,
  shapeOf() {
    throw new Error('a primitive has no shape');
  },
  shape: undefined,
};

const glanceOf = (kind: Kind, { isList }: ElementDefinition, parts: Partial<Glance>): Glance => ({
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
  const kind = type === 'Reference' && !hasInvariants ? 'reference' : 'object';
  return glanceOf(isNever ? 'never' : kind, element, {
    ...asked,
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

const KINDS: Readonly<Record<string, Kind>> = {
  code: 'word',
  dateTime: 'date',
  markdown: 'text',
  string: 'text',
};

/** The glance at a primitive element. */
export function primitiveGlance(
  type: string,
  element: ElementDefinition,
  owner: StructureDefinition,
  { fits, set, check, hasInvariants }: Asked,
): Glance {
  // They may ask for what stands beside the value.
  if (hasInvariants) return NO_GLANCE;
  if (type === 'xhtml') return glanceOf('narrative', element, {});
  if (set?.codes !== undefined && check === undefined) return glanceOf('code', element, { codes: set.codes });
  if (set === undefined && ADDRESSES.has(type)) {
    const isOfExtension = owner.path === 'Extension';
    return glanceOf('address', element, { fits, further: isOfExtension ? unlessPlain(doubt) : check });
  }
  if (set === undefined && check === undefined) return glanceOf(KINDS[type] ?? 'value', element, { fits });
  const further: TextCheck = (value, walk) => {
    check?.(value, walk);
    if (set?.has(value, walk) === false) walk.isInDoubt = true;
  };
  return glanceOf('value', element, { fits, further });
}
