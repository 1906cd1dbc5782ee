import { isPath } from '../../read/payloadPath.js';
import { lenses } from '../../resources/registry.js';

const RAW = 'fhir/';

/** Where resources of a type go as they are, below `/v1/`. Payloads go to ClinikAPI's path. */
export const rawRoute = (resourceType: string): string => `${RAW}${resourceType}`;

/** The type of what goes to a route. */
export function typeOfRoute(route: string): string {
  return isPath(route) ? lenses[route].resourceType : route.slice(RAW.length);
}
