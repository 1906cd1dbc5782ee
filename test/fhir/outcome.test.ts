import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
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
    assert.deepEqual(operationOutcome([issue]), {
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
    assert.equal('expression' in (operationOutcome([{ ...issue, expression: [] }]).issue[0] ?? {}), false);
  });

  it('has the one issue that FHIR requires where there is nothing to say', () => {
    assert.deepEqual(
      operationOutcome([]).issue.map(({ severity, code }) => [severity, code]),
      [['information', 'informational']],
    );
  });
});
