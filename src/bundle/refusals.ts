import type { Issue } from '../lens/issue.js';

/** A reason to refuse a record; whoever knows where the record stands adds the location. */
export function refusal(code: Issue['code'], id: string, diagnostics: string, ...expression: string[]): Issue {
  return { severity: 'error', code, id, expression, diagnostics };
}

/** Why a resource can stand in no Bundle that is made. */
export const deepResource = refusal('structure', 'too-deep', 'The record is nested more than 250 levels deep.');

/** Why a record of a Bundle is refused before a lens looks at it. */
export const bundleRefusals = {
  notAnObject: refusal('structure', 'record-unknown', 'A record is a JSON object.'),
  tooDeep: refusal('structure', 'too-deep', 'Bundles, lists and responses are nested more than 32 levels deep.'),
  noEntries: refusal('structure', 'bundle-entry', 'The entries of a Bundle are a list.', 'Bundle.entry'),
  implicitRules: refusal(
    'not-supported',
    'implicit-rules',
    'Rules of the Bundle that ClinikAPI does not know could change the meaning of the record.',
    'Bundle.implicitRules',
  ),
  modifiedEntry: refusal(
    'not-supported',
    'modifier-extension',
    'An extension of the Bundle entry that ClinikAPI does not know could change the meaning of the record.',
    'Bundle.entry.modifierExtension',
  ),
  unclearVersion: refusal(
    'business-rule',
    'version-unclear',
    'There are several versions of this record that differ, and neither meta.lastUpdated nor a history tells which is the newest.',
  ),
  noType: refusal('structure', 'record-unknown', 'The type of a resource is a string.', 'resourceType'),
  notR4: refusal('structure', 'resource-type-unknown', 'FHIR R4 has no resource of this type.', 'resourceType'),
} as const satisfies { readonly [name: string]: Issue };
