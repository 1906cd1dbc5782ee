import { describe, expect, it } from '@jest/globals';
import { ClinikFhirError, type Issue, isFailure, type Severity } from '../../src/lens/issue.js';
import { ensure } from '../support/ensure.js';

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
    expect(severities.map((severity) => isFailure(issue(severity, 'x')))).toStrictEqual([true, true, false, false]);
  });
});

describe('ClinikFhirError', () => {
  it('says in its message what refused the record, where and why', () => {
    const error = new ClinikFhirError([issue('error', 'one'), issue('fatal', 'two')]);
    expect(error.message).toBe('one at A.b, A.c[0]: What one means.; two at A.b, A.c[0]: What two means.');
  });

  it('leaves what did not refuse the record out of the message and keeps it in issues', () => {
    const issues = [issue('warning', 'hint'), issue('error', 'one'), issue('information', 'note')];
    const error = new ClinikFhirError(issues);
    expect(error.message).toBe('one at A.b, A.c[0]: What one means.');
    expect(error.issues).toStrictEqual(issues);
  });

  it('is an Error with a name, and never without a message', () => {
    const error = new ClinikFhirError([]);
    ensure(error instanceof Error);
    expect(error.name).toBe('ClinikFhirError');
    expect(error.message).not.toBe('');
  });
});
