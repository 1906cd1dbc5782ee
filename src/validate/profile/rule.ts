import { isPrimitiveType } from '../../fhir/definitions.js';
import type { Constraint } from '../../profiles/definition.js';
import { parseExpression } from '../../profiles/expression.js';
import { hasTamePatterns, hasTameReplacements, hazardIn } from '../../profiles/hazards.js';
import type { Overlay } from '../../profiles/overlay.js';
import { patternTest } from '../../profiles/patterns.js';
import { type Check, compile, type Place } from '../fhirpath/compile.js';
import { interpreter } from '../fhirpath/interpret.js';
import type { Environment } from '../fhirpath/node.js';
import type { Item } from './items.js';

/** Whether a constraint holds on an item, or the words why nobody knows. */
export type Answer = boolean | string;

/** A constraint of a guide, made ready for one place. */
export interface Rule {
  readonly constraint: Constraint;
  run(item: Item, environment: Environment): Answer;
}

/** Constraints by the overlay that they are of, and by the structure or primitive that it stands on. */
export type Rules = WeakMap<Overlay, Map<unknown, readonly Rule[]>>;

/** The constraints of an overlay where an item stands. */
export function rulesAt(overlay: Overlay, item: Item, rules: Rules): readonly Rule[] {
  const place = placeOf(item);
  if (place === undefined) return [];
  const at = 'primitive' in place ? place.primitive : place.structure;
  const byPlace = rules.get(overlay) ?? new Map<unknown, readonly Rule[]>();
  rules.set(overlay, byPlace);
  const before = byPlace.get(at);
  if (before !== undefined) return before;
  const made = [...overlay.constraints.values()].map((constraint) => ({
    constraint,
    run: runOf(constraint.expression, place),
  }));
  byPlace.set(at, made);
  return made;
}

function placeOf({ type, structure }: Item): Place | undefined {
  if (isPrimitiveType(type)) return { primitive: type };
  return structure === undefined ? undefined : { structure };
}

/** What tells whether an expression holds on items of one kind. */
export function ruleAt(expression: string, item: Item): Rule['run'] | undefined {
  const place = placeOf(item);
  return place === undefined ? undefined : runOf(expression, place);
}

function runOf(expression: string, place: Place): Rule['run'] {
  const tree = parseExpression(expression);
  if (tree === undefined) return () => 'its expression cannot be read';
  const hazard = hazardIn(tree);
  if (hazard !== undefined) return () => hazard;
  const check = hasTameReplacements(tree) ? compile(tree, place, patternTest) : undefined;
  if (check !== undefined) return compiled(check);
  if (!hasTamePatterns(tree)) return () => 'its pattern may take for ever';
  return interpreted(expression, place);
}

const compiled =
  (check: Check): Rule['run'] =>
  ({ value, sibling }, environment) => {
    try {
      return check(value ?? undefined, sibling ?? undefined, environment);
    } catch {
      return 'it is too much work on this record';
    }
  };

function interpreted(expression: string, place: Place): Rule['run'] {
  const run = interpreter(expression, place);
  return ({ value, sibling }, environment) => {
    const answer = run(value, sibling, environment);
    if (!('problem' in answer)) return answer.holds;
    switch (answer.problem) {
      case 'engine-absent':
        return 'there is no FHIRPath engine here: import clinik-fhir/fhirpath';
      case 'invalid-expression':
        return 'its expression has a fault';
      default:
        return 'its expression does not fit what is here';
    }
  };
}
