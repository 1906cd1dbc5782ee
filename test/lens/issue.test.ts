import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { ClinikFhirError, type Issue, isFailure, type Severity } from '../../src/lens/issue.js';

const issue = (severity: Severity, id: string): Issue => ({
  severity,
  code: 'value',
  id,
  expression: ['A.b', 'A.c[0]'],
  diagnostics: `What ${id} means.`,
});

describe('isFailure', () => {
  it('holds for errors and worse', () => {
    const severities: readonly Severity[] = ['fatal', 'error', 'warning', 'information'];
    assert.deepEqual(
      severities.map((severity) => isFailure(issue(severity, 'x'))),
      [true, true, false, false],
    );
  });
});

describe('ClinikFhirError', () => {
  it('says in its message what refused the record, where and why', () => {
    const error = new ClinikFhirError([issue('error', 'one'), issue('fatal', 'two')]);
    assert.equal(error.message, 'one at A.b, A.c[0]: What one means.; two at A.b, A.c[0]: What two means.');
  });

  it('leaves what did not refuse the record out of the message and keeps it in issues', () => {
    const issues = [issue('warning', 'hint'), issue('error', 'one'), issue('information', 'note')];
    const error = new ClinikFhirError(issues);
    assert.equal(error.message, 'one at A.b, A.c[0]: What one means.');
    assert.deepEqual(error.issues, issues);
  });

  it('is an Error with a name, and never without a message', () => {
    const error = new ClinikFhirError([]);
    assert.ok(error instanceof Error);
    assert.equal(error.name, 'ClinikFhirError');
    assert.notEqual(error.message, '');
  });
});
