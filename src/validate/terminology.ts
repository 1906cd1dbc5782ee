import { codeRequired, codesAllowed } from '../fhir/allowedWords.js';
import type { Binding } from '../fhir/definitions.js';
import { codeSystemNamed, NOT_LOADED } from '../fhir/terminology/codeSystemNamed.js';
import { isObject, type JsonObject, own } from '../lens/json.js';
import { noteNotLoaded } from './notLoaded.js';
import { hasFaultIn, report, type Walk } from './walk.js';

type Has = (code: string, walk: Walk) => boolean;

/** The codes that a binding takes. */
export interface CodeTest {
  readonly has: Has;
  /** All of them; undefined where `has` asks a system. */
  readonly codes?: ReadonlySet<string>;
}

/**
 * Whether a code is one that a required binding takes (https://hl7.org/fhir/R4/terminologies.html#required). Undefined where
 * nobody can list the codes, or nothing is required.
 */
export function codeTest(type: string, { strength, codes }: Binding): CodeTest | undefined {
  if (strength !== 'required' || type === 'xhtml') return undefined;
  const all = new Set<string>();
  for (const [system, listed] of codes) {
    if (listed === undefined) return codes.size === 1 ? { has: systemTest(system) } : undefined;
    for (const code of listed) all.add(code);
  }
  return all.size === 0 ? undefined : { has: (code) => all.has(code), codes: all };
}

/** The test of a set that is a whole system, asked for when there is a code. */
function systemTest(system: string): Has {
  return (code, walk) => {
    const known = codeSystemNamed(system);
    if (known === NOT_LOADED) noteNotLoaded(walk);
    return known === undefined || known === NOT_LOADED || known.has(code);
  };
}

type Check = (value: JsonObject, walk: Walk) => void;

/** The elements that say what is coded. */
const CODED: ReadonlySet<string> = new Set(['coding', 'system', 'code']);

/**
 * The check of a bound CodeableConcept, Coding or Quantity, which says nothing of one whose codes are malformed, and reported
 * as that `since`; undefined where the binding says nothing that can be checked.
 */
export function boundCheck(
  type: string,
  binding: Binding,
): ((value: JsonObject, walk: Walk, since: number) => void) | undefined {
  const check = conceptCheck(type, binding);
  if (check === undefined) return undefined;
  return (value, walk, since) => {
    if (!hasFaultIn(CODED, since, walk)) check(value, walk);
  };
}

function conceptCheck(type: string, binding: Binding): Check | undefined {
  if (binding.codes.size === 0) return undefined;
  const isRequired = binding.strength === 'required';
  switch (type) {
    case 'CodeableConcept':
      return isRequired
        ? (value, walk) => requireCoding(value, binding, walk)
        : (value, walk) => adviseConcept(value, binding, walk);
    case 'Coding':
    case 'Quantity':
    case 'SimpleQuantity':
    case 'Age':
    case 'Duration':
    case 'Distance':
      return isRequired
        ? (value, walk) => requireCode(value, binding, walk)
        : (value, walk) => adviseCoding(value, binding, walk);
    default:
      return undefined;
  }
}

/** In the set, outside it though the system is the set's own, or of a system that the set knows nothing of. */
type Place = 'inside' | 'outside' | 'elsewhere';

function placeOf(coding: unknown, { codes }: Binding): Place {
  if (typeof coding !== 'object' || coding === null) return 'elsewhere';
  const { system, code } = coding as JsonObject;
  if (typeof system !== 'string' || typeof code !== 'string') return 'elsewhere';
  const listed = codes.get(system);
  if (listed === undefined && !codes.has(system)) return 'elsewhere';
  return listed === undefined || listed.has(code) ? 'inside' : 'outside';
}

function requireCoding(value: JsonObject, binding: Binding, walk: Walk): void {
  const codings = own(value, 'coding');
  if (!Array.isArray(codings) || codings.length === 0) {
    report(walk, 'binding-required-missing', codeRequired(binding));
  } else if (!codings.some((coding) => placeOf(coding, binding) === 'inside')) {
    report(walk, 'binding-required', codesAllowed(binding, codeOf(codings[0])));
  }
}

function requireCode(value: JsonObject, binding: Binding, walk: Walk): void {
  if (own(value, 'code') === undefined) report(walk, 'binding-required-missing', codeRequired(binding));
  else if (placeOf(value, binding) !== 'inside') {
    report(walk, 'binding-required', codesAllowed(binding, codeOf(value)));
  }
}

const codeOf = (coding: unknown): unknown => (isObject(coding) ? own(coding, 'code') : undefined);

function adviseConcept(value: JsonObject, binding: Binding, walk: Walk): void {
  const codings = own(value, 'coding');
  if (!Array.isArray(codings)) return;
  let outside = -1;
  for (let index = 0; index < codings.length; index += 1) {
    const place = placeOf(codings[index], binding);
    if (place === 'inside') return;
    if (place === 'outside' && outside < 0) outside = index;
  }
  if (outside >= 0) report(walk, 'binding-extensible', extensible(binding), 'coding', outside);
}

function adviseCoding(value: JsonObject, binding: Binding, walk: Walk): void {
  if (placeOf(value, binding) === 'outside') report(walk, 'binding-extensible', extensible(binding));
}

const extensible = ({ name, valueSet }: Binding): string =>
  `The code is of a system of ${name} (${valueSet}, extensible), and none of its codes.`;
