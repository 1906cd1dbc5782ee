import { describe, expect, it } from '@jest/globals';
import { ISSUE_SYSTEM, operationOutcome } from '../../src/fhir/outcome.js';
import type { Issue } from '../../src/lens/issue.js';

const issue: Issue = {
  severity: 'error',
  code: 'required',
  id: 'payload-required',
  expression: ['Encounter.status'],
  diagnostics: 'A required field is missing.',
};

describe('an OperationOutcome', () => {
  it('has an issue for each, with its stable identifier in details', () => {
    expect(operationOutcome([issue])).toStrictEqual({
      resourceType: 'OperationOutcome',
      issue: [
        {
          severity: 'error',
          code: 'required',
          details: { coding: [{ system: ISSUE_SYSTEM, code: 'payload-required' }] },
          diagnostics: 'A required field is missing.',
          expression: ['Encounter.status'],
        },
      ],
    });
  });

  it('has no empty list of locations', () => {
    expect('expression' in (operationOutcome([{ ...issue, expression: [] }]).issue[0] ?? {})).toBe(false);
  });

  it('has the one issue that FHIR requires where there is nothing to say', () => {
    expect(operationOutcome([]).issue.map(({ severity, code }) => [severity, code])).toStrictEqual([
      ['information', 'informational'],
    ]);
  });
});
