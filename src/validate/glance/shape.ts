import type { ElementDefinition, StructureDefinition } from '../../fhir/definitions.js';
import type { JsonObject } from '../../lens/json.js';
import type { Prepared } from '../invariants.js';
import type { Look } from '../look.js';
import type { Walk } from '../walk.js';

/** What is asked of a value besides its structure; `since` is the number of findings before it was looked at. */
export type Check = (value: JsonObject, walk: Walk, since: number) => void;

/** What is asked of a text besides its format. */
export type TextCheck = (value: string, walk: Walk) => void;

/** Whether a text is a reference as nearly all are. */
export type ReferenceTest = (reference: string, walk: Walk) => boolean;

/** What a glance asks of a value of an element. All have the same properties in the same order: engines are quicker so. */
export interface Glance {
  /** Whether it goes over a primitive or an object; `never` is what needs a full look. */
  readonly kind: 'value' | 'object' | 'never';
  readonly isList: boolean;
  /** All that is asked of a primitive. */
  readonly fits: (value: unknown, walk: Walk) => boolean;
  /** Of a Reference: true for a text of the usual kind, of which nothing is to be said. */
  readonly isPlain: ReferenceTest | undefined;
  /** What else is asked of an object. */
  readonly check: Check | undefined;
  /** The invariants of the element, if there are any. */
  readonly invariantsOf: (() => readonly Prepared[]) | undefined;
  /** The shape of an object, which is made on first use. */
  readonly shapeOf: () => Shape;
  shape: Shape | undefined;
}

/** A JSON property of a type. */
export interface Slot {
  /** The name of the property. */
  readonly key: string;
  /** The element's name, which is not that of the property in a choice. */
  readonly name: string;
  readonly look: Look;
  readonly glance: Glance;
  /** What the property's presence says: bits of what is required, and of the choice it belongs to. */
  readonly bits: number;
  readonly choice: number;
  /** The property that stood behind this one in the last object: it mostly does so in the next one, too, and need not be searched. */
  next: Slot | undefined;
}

/** What a type asks of its objects. */
export interface Shape {
  /** A bit for each element whose presence matters. */
  readonly bits: ReadonlyMap<ElementDefinition, number>;
  readonly slots: ReadonlyMap<string, Slot>;
  /** The bits of what has to be there. */
  readonly needed: number;
  readonly invariants: readonly Prepared[];
  /** The property that the last object began with. */
  first: Slot | undefined;
}

/** Gives the shape of a type. */
export type ShapeOf = (structure: StructureDefinition) => Shape;

/** The property of a name in a type, after another one or, without one, as the first of an object. */
export function slotAfter(last: Slot | undefined, key: string, shape: Shape): Slot | undefined {
  const expected = last === undefined ? shape.first : last.next;
  if (expected?.key === key) return expected;
  const found = shape.slots.get(key);
  if (last === undefined) shape.first = found;
  else last.next = found;
  return found;
}
