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

/** A location that was asked for, and those below it. */
interface Located {
  readonly expression: string;
  readonly path: string;
  readonly below: Map<Step, Located>;
}

/** Locations that are kept: those of ordinary records. */
const MOST_LOCATED = 2000;

/**
 * `locate` for locations in resources of one type, where it is asked for many: it gives the same object for the same location, as most
 * records have the same ones. What lies far back in a long list is made anew each time.
 */
export function locator(root: string): (at: readonly Step[]) => { readonly expression: string; readonly path: string } {
  const top: Located = { expression: root, path: root, below: new Map() };
  let kept = 0;
  const stepDown = (from: Located, step: Step): Located => {
    const name = typeof step === 'number' ? undefined : segment(step);
    // Names that R4 does not have are one place: they could be values.
    const key = name === UNNAMED ? UNNAMED : step;
    const known = from.below.get(key);
    if (known !== undefined) return known;
    const { expression, path } = from;
    const made: Located =
      name === undefined
        ? { expression: `${expression}[${step}]`, path, below: new Map() }
        : { expression: `${expression}.${name}`, path: `${path}.${name}`, below: new Map() };
    if (kept < MOST_LOCATED) {
      kept += 1;
      from.below.set(key, made);
    }
    return made;
  };
  return (at) => {
    let place = top;
    for (const step of at) place = place.below.get(step) ?? stepDown(place, step);
    return place;
  };
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
