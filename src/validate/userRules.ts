import { isPrimitiveType, type StructureDefinition, structureOf } from '../fhir/definitions.js';
import type { Place } from './fhirpath/compile.js';
import type { Engine } from './fhirpath/engine.js';
import { engineHere, explain, HOW_TO_HAVE_ONE, type Interpreter } from './fhirpath/interpret.js';

/** A rule of the caller's own: FHIRPath that is true of every element of a type or at a path (http://hl7.org/fhirpath/N1/). */
export interface ValidationRule {
  /** A stable identifier, which the issues of the rule have as theirs. */
  readonly id: string;
  /** A type or path of R4: `Patient`, `Patient.contact`, `Observation.value`, `Period`, `DomainResource`. */
  readonly context: string;
  readonly severity: 'error' | 'warning' | 'information';
  /** What has to be true; an empty result fails. `%resource`, `%rootResource`, `%context` and `%ucum` are known. */
  readonly expression: string;
  /** What is said where it is not. It should hold no value of a record. */
  readonly message: string;
}

/** The rules of one call, by their context. */
export type UserRules = ReadonlyMap<string, readonly PreparedRule[]>;

interface PreparedRule {
  readonly rule: ValidationRule;
  readonly runs: Map<Place, Interpreter>;
}

/** Why a rule cannot be run at all, with the place in its expression; undefined where it can. */
export function faultInRule(rule: unknown, engine?: Engine): string | undefined {
  if (typeof rule !== 'object' || rule === null) return 'A rule is an object.';
  const { id, context, severity, expression, message } = rule as Partial<Record<keyof ValidationRule, unknown>>;
  if (typeof id !== 'string' || !ID.test(id)) return 'The id of a rule is made of letters, digits, hyphens and dots.';
  if (typeof context !== 'string' || !isContext(context))
    return 'The context of a rule is a type or a path of R4. A path stays in the type it begins with: HumanName.family, not Patient.name.family.';
  if (severity !== 'error' && severity !== 'warning' && severity !== 'information') {
    return 'The severity of a rule is error, warning or information.';
  }
  if (typeof message !== 'string' || message === '') return 'A rule has a message.';
  if (typeof expression !== 'string') return 'The expression of a rule is FHIRPath.';
  const fault = explain(expression, engine);
  if (fault === 'engine-absent') return `The rule cannot be run: ${HOW_TO_HAVE_ONE}`;
  return fault === undefined
    ? undefined
    : `The expression has a fault at line ${fault.line}, column ${fault.column}: ${fault.message}`;
}

const ID = /^[A-Za-z0-9\-.]{1,64}$/;

/** The types that no element has, and no path is looked at under: what inherits from them has a path of its own. */
const ABSTRACT: ReadonlySet<string> = new Set(['BackboneElement', 'Element']);
const ABSTRACT_RESOURCES: ReadonlySet<string> = new Set(['DomainResource', 'Resource']);

/** True for a type, and for a path in the definition of its type: a rule with any other context would never be looked at. */
function isContext(context: string): boolean {
  const [type = '', ...names] = context.split('.');
  if (ABSTRACT.has(type)) return false;
  let structure: StructureDefinition | undefined = structureOf(type);
  if (names.length === 0) return structure !== undefined || isPrimitiveType(type);
  if (ABSTRACT_RESOURCES.has(type)) return false;
  return names.every((name, index) => {
    const element = structure?.elements.get(name);
    if (element === undefined) return false;
    if (index === names.length - 1) return !element.types.includes('Resource');
    const path = [type, ...names.slice(0, index + 1)].join('.');
    const content = element.content?.();
    structure = content?.path === path ? content : undefined;
    return true;
  });
}

/** The rules that can be run; of the others, what is wrong with them. */
export function prepareRules(
  rules: readonly ValidationRule[],
  engine?: Engine,
): { rules: UserRules; faults: readonly string[] } {
  const prepared = new Map<string, PreparedRule[]>();
  const faults: string[] = [];
  for (const rule of rules) {
    const fault = faultOf(rule, engine);
    if (fault !== undefined) {
      faults.push(fault);
      continue;
    }
    const before = prepared.get(rule.context);
    if (before === undefined) prepared.set(rule.context, [preparedOf(rule)]);
    else before.push(preparedOf(rule));
  }
  return { rules: prepared, faults };
}

interface Known {
  readonly fault: string | undefined;
  readonly prepared: PreparedRule;
  /** The engine that was asked. */
  readonly by: Engine | undefined;
}

/** What was made of a rule, for the next call with it. */
const known = new WeakMap<ValidationRule, Known>();

function faultOf(rule: ValidationRule, engine: Engine | undefined): string | undefined {
  if (typeof rule !== 'object' || rule === null) return faultInRule(rule, engine);
  const by = engineHere(engine);
  const before = known.get(rule);
  if (before !== undefined && before.by === by) return before.fault;
  const fault = faultInRule(rule, engine);
  known.set(rule, { fault, prepared: { rule: { ...rule }, runs: new Map() }, by });
  return fault;
}

const preparedOf = (rule: ValidationRule): PreparedRule => known.get(rule)?.prepared ?? { rule, runs: new Map() };
