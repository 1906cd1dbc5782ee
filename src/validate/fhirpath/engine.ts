import type { JsonObject } from '../../lens/json.js';

/** What an expression may ask about besides its focus (https://hl7.org/fhir/R4/fhirpath.html#variables). */
export interface Surroundings {
  /** The resource that holds the focus: `%resource`. */
  readonly resource: JsonObject;
  /** The one that contains this resource, or else the resource itself: `%rootResource`. */
  readonly rootResource: JsonObject;
  /** The resource that a reference leads to, where it is at hand. */
  resolve(reference: string): JsonObject | undefined;
}

/** What is wrong with an expression, and where; line and column start at 1. */
export interface Fault {
  readonly line: number;
  readonly column: number;
  /** The engine's words: they are about the expression, and hold nothing of a record. */
  readonly message: string;
}

/** Runs an expression on an element; throws where the element does not allow it. */
export type Evaluation = (focus: unknown, surroundings: Surroundings) => readonly unknown[];

/** The whole of FHIRPath (http://hl7.org/fhirpath/N1/), with R4's types. */
export interface Engine {
  /** Undefined where every function, type and variable that it names exists. */
  faultIn(expression: string): Fault | undefined;
  /** An expression without faults, made ready for elements of a type or a path, such as `Patient.contact`. */
  evaluation(expression: string, base: string): Evaluation;
}
