import type { Step } from '../lens/scope.js';
import { isPropertyName } from './propertyNames.js';

/** Elements of several types: FHIRPath knows them by their stem (https://hl7.org/fhir/R4/fhirpath.html#polymorphism). */
const CHOICE = /^(value|effective)(?=[A-Z])/;

/** Stands for a name that neither R4 nor ClinikAPI has, which could be a value of the record: it is any of the children. */
export const UNNAMED = 'children()';

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

interface Named {
  readonly name: string;
  readonly path: string;
  readonly below: Map<string, Named>;
}

/**
 * `locate` for locations in resources of one type, where it is asked for many: what it has said of the names on the way it knows. There
 * are no more of them than R4 has.
 */
export function locator(root: string): (at: readonly Step[]) => { expression: string; path: string } {
  const top: Named = { name: root, path: root, below: new Map() };
  return (at) => {
    let expression = root;
    let named = top;
    for (const step of at) {
      if (typeof step === 'number') expression += `[${step}]`;
      else {
        named = named.below.get(step) ?? namedBelow(named, step);
        expression += `.${named.name}`;
      }
    }
    return { expression, path: named.path };
  };
}

function namedBelow({ path, below }: Named, step: string): Named {
  const name = segment(step);
  const key = name === UNNAMED ? UNNAMED : step;
  const made = below.get(key) ?? { name, path: `${path}.${name}`, below: new Map() };
  below.set(key, made);
  return made;
}

/** A location in a payload, whose fields are named as they stand: `input[0].valueBoolean`. `isKnown` tells the names that may be. */
export function locateInPayload(at: readonly Step[], isKnown: (name: string) => boolean = isPropertyName): string {
  let expression = '';
  for (const step of at) {
    if (typeof step === 'number') expression += `[${step}]`;
    else expression += `${expression === '' ? '' : '.'}${isKnown(step) ? step : UNNAMED}`;
  }
  return expression === '' ? '$this' : expression;
}

/** What R4's own names are called, as far as they were asked for; there are no more of them than R4 has. */
const segments = new Map<string, string>();

function segment(step: string): string {
  const known = segments.get(step);
  if (known !== undefined) return known;
  if (!isPropertyName(step)) return UNNAMED;
  const name = step.startsWith('_') ? step.slice(1) : step;
  const made = CHOICE.exec(name)?.[1] ?? name;
  segments.set(step, made);
  return made;
}
