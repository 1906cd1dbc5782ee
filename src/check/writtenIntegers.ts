import { type StructureDefinition, structureOf } from '../fhir/definitions.js';
import type { Issue } from '../lens/issue.js';
import { isObject, type JsonObject, own } from '../lens/json.js';
import type { JsonNode } from '../read/jsonText.js';

const INTEGERS: ReadonlySet<string> = new Set(['integer', 'positiveInt', 'unsignedInt']);

/** An integer as R4 writes one (https://hl7.org/fhir/R4/datatypes.html#integer). */
const PLAIN = /^(?:0|-?[1-9][0-9]*)$/;

const SAYS =
  'The value is a whole number, and R4 has it written without a fraction, without an exponent, and 0 without a sign.';

/**
 * The integers of a resource that its text writes as 1.0, 1e2 or -0: JSON.parse makes the same of them as of 1, 100 and 0, so that
 * only whoever has the text can tell. The text is looked into where the resource has an integer, and nowhere else.
 */
export function writtenIntegers(resource: JsonObject, text: JsonNode): readonly Issue[] {
  const issues: Issue[] = [];
  const type = own(resource, 'resourceType');
  if (typeof type === 'string') lookAt(resource, structureOf(type), () => text, type, issues);
  return issues;
}

type Find = () => JsonNode | undefined;

function lookAt(
  value: JsonObject,
  structure: StructureDefinition | undefined,
  find: Find,
  expression: string,
  issues: Issue[],
): void {
  for (const key of Object.keys(value)) {
    const property = structure?.properties.get(key.replace(/^_/, ''));
    if (property === undefined) continue;
    const { element } = property;
    const type = key.startsWith('_') ? 'Element' : property.type;
    const held = value[key];
    const at = `${expression}.${element.name}`;
    const findHeld: Find = () => find()?.child(key);
    if (!Array.isArray(held)) lookAtOne(held, element, type, findHeld, at, issues);
    else {
      held.forEach((item: unknown, index) => {
        lookAtOne(item, element, type, () => findHeld()?.child(index), `${at}[${index}]`, issues);
      });
    }
  }
}

function lookAtOne(
  value: unknown,
  { content }: { readonly content?: () => StructureDefinition },
  type: string,
  find: Find,
  expression: string,
  issues: Issue[],
): void {
  if (isObject(value)) {
    const own = type === 'Resource' ? value.resourceType : type;
    const structure = content?.() ?? (typeof own === 'string' ? structureOf(own) : undefined);
    lookAt(value, structure, find, expression, issues);
  } else if (typeof value === 'number' && INTEGERS.has(type) && Number.isInteger(value)) {
    const written = find()?.line();
    if (written === undefined || PLAIN.test(written)) return;
    issues.push({
      severity: 'error',
      code: 'value',
      id: `format-${type}`,
      expression: [expression],
      diagnostics: SAYS,
    });
  }
}
