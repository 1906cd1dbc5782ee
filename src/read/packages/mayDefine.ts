import { RESOURCE_TYPES } from '../../fhir/generated/resourceTypes.js';
import { isDefinitionType } from '../../profiles/definitions.js';

/** True for the name of a file that may be a definition: what is named after another type of R4 is of that type in packages. */
export function mayDefine(name: string): boolean {
  if (!/\.json$/i.test(name) || name.startsWith('.') || name === 'package.json') return false;
  const [type = ''] = name.split('-');
  return isDefinitionType(type) || !RESOURCE_TYPES.has(type);
}
