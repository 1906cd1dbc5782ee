import { loadFhirPath } from '#fhirpath';
import type { Place } from './compile.js';
import type { Evaluation, Fault } from './engine.js';
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

/** What is wrong with an expression, before it is run on anything. Undefined where nothing is. */
export function explain(expression: string): Fault | 'engine-absent' | undefined {
  const engine = loadFhirPath();
  return engine === undefined ? 'engine-absent' : engine.faultIn(expression);
}

/**
 * Any FHIRPath expression (http://hl7.org/fhirpath/N1/) on the elements of one place, run by fhirpath, which is loaded with the
 * first of them. An empty result fails, and a result of anything but a boolean holds, as in the reference validator.
 */
export function interpreter(expression: string, at: Place): Interpreter {
  let evaluations: Evaluations | 'engine-absent' | 'invalid-expression' | undefined;
  return (focus, sibling, environment) => {
    evaluations ??= evaluationsOf(expression, at);
    if (typeof evaluations === 'string') return { problem: evaluations };
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

function evaluationsOf(expression: string, at: Place): Evaluations | 'engine-absent' | 'invalid-expression' {
  const engine = loadFhirPath();
  if (engine === undefined) return 'engine-absent';
  if (engine.faultIn(expression) !== undefined) return 'invalid-expression';
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
