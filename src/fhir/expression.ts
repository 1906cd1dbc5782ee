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

/** A location in a payload, whose fields are named as they stand: `input[0].valueBoolean`. */
export function expressPayload(at: readonly Step[]): string {
  let expression = '';
  for (const step of at) {
    if (typeof step === 'number') expression += `[${step}]`;
    else expression += `${expression === '' ? '' : '.'}${NAME.test(step) ? step : 'children()'}`;
  }
  return expression === '' ? '$this' : expression;
}

/** A location with indexes, and the same without. */
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

function segment(step: string): string {
  const known = segments.get(step);
  if (known !== undefined) return known;
  const name = step.startsWith('_') ? step.slice(1) : step;
  if (!NAME.test(name)) return 'children()';
  const made = CHOICE.exec(name)?.[1] ?? name;
  if (segments.size < 1000) segments.set(step, made);
  return made;
}

/** Names that were made once need not be made again; there are few, and a record's own are not kept without bound. */
const segments = new Map<string, string>();
