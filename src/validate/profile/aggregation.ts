import { isObject, own } from '../../lens/json.js';
import type { AllowedType } from '../../profiles/definition.js';
import type { Overlay } from '../../profiles/overlay.js';
import type { Walk } from '../walk.js';
import { notePart, reportProfile } from './findings.js';
import type { Item } from './items.js';
import type { Held } from './use.js';

/** Holds a reference to the places where what it leads to may be (https://hl7.org/fhir/R4/elementdefinition-definitions.html#ElementDefinition.type.aggregation). */
export function checkAggregation(
  { id }: Overlay,
  types: readonly AllowedType[],
  { type, value }: Item,
  held: Held,
  walk: Walk,
): void {
  if (type !== 'Reference' && type !== 'canonical') return;
  if (value === undefined || value === null || types.some(({ aggregation }) => aggregation.length === 0)) return;
  const modes = new Set(types.flatMap(({ aggregation }) => aggregation));
  const reference = isObject(value) ? own(value, 'reference') : value;
  const isPlaced = typeof reference === 'string' ? fits(reference, type, modes, walk) : undefined;
  const places = [...modes].join(', ');
  if (isPlaced === false)
    reportProfile(walk, held, 'profile-target', `takes a reference to what is ${places} as ${id}`);
  else if (isPlaced === undefined && PLACES.some((place) => !modes.has(place)))
    notePart(walk, held, `Whether what ${id} refers to is ${places} cannot be told here`);
}

const PLACES = ['contained', 'referenced', 'bundled'];

/** What is in the same Bundle is outside of the resource, too; without a Bundle nobody knows what will be in one. */
function fits(reference: string, type: string, modes: ReadonlySet<string>, walk: Walk): boolean | undefined {
  if (reference.startsWith('#')) return modes.has('contained');
  if (modes.has('referenced')) return true;
  if (!modes.has('bundled')) return false;
  // A canonical leads to whatever has that url.
  return walk.bundle === undefined || type === 'canonical'
    ? undefined
    : walk.environment.resolve(reference) !== undefined;
}
