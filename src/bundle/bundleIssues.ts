import type { Issue } from '../lens/issue.js';

/** Why a record is refused for what its Bundle says of it. */
export const bundleRefusals = {
  noEntries: {
    severity: 'error',
    code: 'structure',
    id: 'bundle-entry',
    expression: ['Bundle.entry'],
    diagnostics: 'The entries of a Bundle are a list.',
  },
  implicitRules: {
    severity: 'error',
    code: 'not-supported',
    id: 'implicit-rules',
    expression: ['Bundle.implicitRules'],
    diagnostics: 'Rules of the Bundle that ClinikAPI does not know could turn the meaning of the record round.',
  },
  modifiedEntry: {
    severity: 'error',
    code: 'not-supported',
    id: 'modifier-extension',
    expression: ['Bundle.entry.modifierExtension'],
    diagnostics:
      'An extension of the Bundle entry that ClinikAPI does not know could turn the meaning of the record round.',
  },
} as const satisfies { readonly [name: string]: Issue };
