import type { Step } from '../lens/scope.js';

/** Names that a message may hold; any other property name could be a value of the record. */
const NAME = /^[A-Za-z][A-Za-z0-9]{0,63}$/;

/** Elements of several types: FHIRPath knows them by their stem (https://hl7.org/fhir/R4/fhirpath.html#polymorphism). */
const CHOICE = /^(value|effective)(?=[A-Z])/;

/** A FHIRPath location: `Encounter.participant[0].individual`. A name that may not be shown becomes `children()`. */
export function express(root: string, at: readonly Step[]): string {
  let expression = root;
  for (const step of at) {
    if (typeof step === 'number') expression += `[${step}]`;
    else expression += `.${segment(step)}`;
  }
  return expression;
}

function segment(step: string): string {
  const name = step.startsWith('_') ? step.slice(1) : step;
  if (!NAME.test(name)) return 'children()';
  return CHOICE.exec(name)?.[1] ?? name;
}
