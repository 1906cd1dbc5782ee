import { loadFhirPath } from '#fhirpath';
import type { Place } from './compile.js';
import type { Engine, Evaluation, Fault } from './engine.js';
import type { Environment } from './node.js';

export type { Engine, Fault } from './engine.js';

/** Whether an expression holds on an element, or why nobody knows. */
export type Answer =
  | { readonly holds: boolean }
  | {
      /**
       * There is no engine here; the expression has a fault, which `explain` finds; or it cannot be run on this element, because it
       * wants one item where there are several, say.
       */
      readonly problem: 'engine-absent' | 'invalid-expression' | 'failed';
    };

/** Runs an expression on an element; the arguments are those of a `Check`. It never throws and prints nothing. */
export type Interpreter = (focus: unknown, sibling: unknown, environment: Environment) => Answer;

let provided: Engine | undefined;

/** Makes an engine the one of every call that is given none. */
export function provideFhirPath(engine: Engine): void {
  provided = engine;
}

/** The engine that a call was given, else one that was imported, else what this runtime loads on first need. */
export const engineHere = (given: Engine | undefined): Engine | undefined => given ?? provided ?? loadFhirPath();

/** Where an engine comes from, for those who have none: the end of a message. */
export const HOW_TO_HAVE_ONE =
  'there is no FHIRPath engine here: import clinik-fhir/fhirpath, or give what it exports as the option fhirpath.';

/**
 * What is wrong with an expression, before it is run on anything: undefined where nothing is. `given` is the engine to ask in the
 * place of the one that is there.
 */
export function explain(expression: string, given?: Engine): Fault | 'engine-absent' | undefined {
  const engine = engineHere(given);
  return engine === undefined ? 'engine-absent' : engine.faultIn(expression);
}

/**
 * Any FHIRPath expression (http://hl7.org/fhirpath/N1/) on the elements of one place, run by fhirpath: by the engine of the
 * environment, else by one that was imported, else by one that is loaded with the first of them. An empty result fails, and a result of anything but a boolean holds, as in the reference validator.
 */
export function interpreter(expression: string, at: Place): Interpreter {
  let made: { readonly by: Engine; readonly evaluations: Evaluations | undefined } | undefined;
  return (focus, sibling, environment) => {
    const engine = engineHere(environment.engine);
    if (engine === undefined) return { problem: 'engine-absent' };
    if (made?.by !== engine) made = { by: engine, evaluations: evaluationsOf(expression, at, engine) };
    const { evaluations } = made;
    if (evaluations === undefined) return { problem: 'invalid-expression' };
    try {
      // fhirpath cannot start at a number, nor at what stands beside a primitive.
      const isStart = typeof focus !== 'number' && (sibling === undefined || sibling === null);
      const results =
        isStart || evaluations.held === undefined
          ? evaluations.plain(focus, environment)
          : evaluations.held(focus, sibling, environment);
      const [first, ...others] = results;
      return { holds: others.length === 0 && typeof first === 'boolean' ? first : results.length > 0 };
    } catch {
      return { problem: 'failed' };
    }
  };
}

interface Evaluations {
  readonly plain: Evaluation;
  /** For a primitive, in an object that holds it. */
  readonly held?: (focus: unknown, sibling: unknown, environment: Environment) => readonly unknown[];
}

/** Undefined for an expression with a fault. */
function evaluationsOf(expression: string, at: Place, engine: Engine): Evaluations | undefined {
  if (engine.faultIn(expression) !== undefined) return undefined;
  if ('structure' in at) return { plain: engine.evaluation(expression, baseOf(at.structure.path)) };
  const property = `value${at.primitive.charAt(0).toUpperCase()}${at.primitive.slice(1)}`;
  // An extension takes a value of any type.
  const inExtension = engine.evaluation(`value.select(${expression}\n)`, 'Extension');
  return {
    plain: engine.evaluation(expression, at.primitive),
    held: (focus, sibling, environment) => inExtension({ [property]: focus, [`_${property}`]: sibling }, environment),
  };
}

/** fhirpath knows types, and SimpleQuantity is a profile. */
const baseOf = (path: string): string => (path === 'SimpleQuantity' ? 'Quantity' : path);
