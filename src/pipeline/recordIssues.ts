import { bundleRefusals } from '../bundle/bundleIssues.js';
import type { Issue } from '../lens/issue.js';
import { lenses } from '../resources/registry.js';

function refusal(code: Issue['code'], id: string, diagnostics: string, ...expression: string[]): Issue {
  return { severity: 'error', code, id, expression, diagnostics };
}

/** Why a record is refused before a lens looks at it. */
export const refusals = {
  ...bundleRefusals,
  notAnObject: refusal('structure', 'record-unknown', 'A record is a JSON object.'),
  tooDeep: refusal('structure', 'too-deep', 'Bundles, lists and responses are nested more than 32 levels deep.'),
  duplicateKey: refusal(
    'structure',
    'json-duplicate-key',
    'An object has the same key twice; which of the two counts cannot be told.',
  ),
  errorResponse: refusal(
    'not-supported',
    'response-error',
    "This is ClinikAPI's answer to a request that failed; it holds no record.",
  ),
  noType: refusal('structure', 'record-unknown', 'The type of a resource is a string.', 'resourceType'),
  notR4: refusal('structure', 'resource-type-unknown', 'FHIR R4 has no resource of this type.', 'resourceType'),
  unknown: refusal(
    'not-supported',
    'record-unknown',
    `This is no FHIR resource, and neither its file's name nor --resource says of what it is a payload (${Object.keys(lenses).join(', ')}).`,
  ),
  defect: {
    severity: 'fatal',
    code: 'processing',
    id: 'internal-error',
    expression: [],
    diagnostics: 'clinik-fhir failed on this record; please report it.',
  },
} as const satisfies { readonly [name: string]: Issue };
