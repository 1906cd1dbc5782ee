import { bundleRefusals, refusal } from '../bundle/refusals.js';
import type { Issue } from '../lens/issue.js';
import { lenses } from '../resources/registry.js';

/** Why a record is refused before a lens looks at it. */
export const refusals = {
  ...bundleRefusals,
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
