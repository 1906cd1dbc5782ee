import type { StructureDefinition, Tree } from '../../fhir/definitions.js';
import type { JsonObject } from '../../lens/json.js';
export interface Environment {
  readonly resource: JsonObject;
  readonly rootResource: JsonObject;
  resolve(reference: string): JsonObject | undefined;
}
export type Check = (focus: unknown, sibling: unknown, environment: Environment) => boolean | undefined;
export type Place = { readonly structure: StructureDefinition } | { readonly primitive: string };
export function compile(_tree: Tree, _at: Place): Check | undefined {
  return () => true;
}
