import type { Environment } from './node.js';

/** What is wrong with an expression, and where; line and column start at 1. */
export interface Fault {
  readonly line: number;
  readonly column: number;
  /** The engine's words: they are about the expression, and hold nothing of a record. */
  readonly message: string;
}

/** Runs an expression on an element; throws where the element does not allow it. */
export type Evaluation = (focus: unknown, environment: Environment) => readonly unknown[];

/** The whole of FHIRPath (http://hl7.org/fhirpath/N1/), with R4's types. */
export interface Engine {
  /** Undefined where every function, type and variable that it names exists. */
  faultIn(expression: string): Fault | undefined;
  /** An expression without faults, made ready for elements of a type or a path, such as `Patient.contact`. */
  evaluation(expression: string, base: string): Evaluation;
}
