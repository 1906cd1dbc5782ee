import type { StructureDefinition } from '../fhir/definitions.js';
import type { Place } from './fhirpath/compile.js';
import { interpreter } from './fhirpath/interpret.js';
import type { UserRules } from './userRules.js';
import { report, reportAs, type Walk } from './walk.js';

/** Evaluates the caller's rules of all resources. */
export function checkResourceRules(
  rules: UserRules,
  place: { readonly structure: StructureDefinition },
  value: unknown,
  walk: Walk,
): void {
  checkUserRules(rules, 'Resource', place, value, undefined, walk);
  const isDomainResource = place.structure.elements.has('contained');
  if (isDomainResource) checkUserRules(rules, 'DomainResource', place, value, undefined, walk);
}

/** Evaluates the caller's rules of a type or path on the element in focus. */
export function checkUserRules(
  rules: UserRules,
  context: string,
  place: Place,
  value: unknown,
  sibling: unknown,
  walk: Walk,
): void {
  for (const { rule, runs } of rules.get(context) ?? []) {
    let run = runs.get(place);
    if (run === undefined) {
      run = interpreter(rule.expression, place);
      runs.set(place, run);
    }
    const { id, severity, message } = rule;
    walk.watch?.begin(id);
    const answer = run(value, sibling, walk.environment);
    walk.watch?.end();
    if ('problem' in answer) report(walk, 'rule-not-evaluated', `The rule ${id} could not be evaluated here.`);
    else if (!answer.holds) reportAs(walk, { severity, code: 'business-rule', id, diagnostics: message });
  }
}
