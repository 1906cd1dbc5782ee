import type { Step } from '../lens/scope.js';

/** Names that a message may hold; any other property name could be a value of the record. */
const NAME = /^[A-Za-z][A-Za-z0-9]{0,63}$/;

/** Elements of several types: FHIRPath knows them by their stem (https://hl7.org/fhir/R4/fhirpath.html#polymorphism). */
const CHOICE = /^(value|effective)(?=[A-Z])/;

/** A name that may not be shown is any of the children. */
const UNNAMED = 'children()';

/** A FHIRPath location with indexes, `Encounter.participant[0].individual`, and the same without. */
export function locate(root: string, at: readonly Step[]): { expression: string; path: string } {
  let expression = root;
  let path = root;
  for (const step of at) {
    if (typeof step === 'number') expression += `[${step}]`;
    else {
      const name = segment(step);
      expression += `.${name}`;
      path += `.${name}`;
    }
  }
  return { expression, path };
}

/** A location in a payload, whose fields are named as they stand: `input[0].valueBoolean`. */
export function locateInPayload(at: readonly Step[]): string {
  let expression = '';
  for (const step of at) {
    if (typeof step === 'number') expression += `[${step}]`;
    else expression += `${expression === '' ? '' : '.'}${NAME.test(step) ? step : UNNAMED}`;
  }
  return expression === '' ? '$this' : expression;
}

function segment(step: string): string {
  const name = step.startsWith('_') ? step.slice(1) : step;
  if (!NAME.test(name)) return UNNAMED;
  const first = name.charCodeAt(0);
  // Only a v or an e can begin a choice; the expression need not be tried on all the others.
  return first === 0x76 || first === 0x65 ? (CHOICE.exec(name)?.[1] ?? name) : name;
}
