import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import type { OperationOutcome } from 'fhir/r4.js';
import { type ClinikError, errorToOutcome, outcomeToError, validate } from '../../src/index.js';
import { errorsOf } from '../support/laws.js';

const anyText = fc.oneof(
  fc.string(),
  fc.string({ unit: 'binary' }),
  fc.constantFrom('', ' ', '\u0000', '\ud800', ' outer ', 'a\u00a0b', '__proto__', 'The period is reversed.'),
);
const severity = fc.constantFrom('fatal', 'error', 'warning', 'information', 'critical', '', 'constructor');
const code = fc.constantFrom('required', 'not-found', 'value', 'no type of R4', '');

const error: fc.Arbitrary<ClinikError> = fc.record(
  {
    error: anyText,
    message: anyText,
    code: anyText,
    requestId: anyText,
    issues: fc.array(fc.record({ severity, code, diagnostics: anyText }, { noNullPrototype: true }), { maxLength: 3 }),
  },
  { requiredKeys: ['error', 'code', 'requestId'], noNullPrototype: true },
);

/** What an error can hold of an OperationOutcome: issues of severity, code and diagnostics. */
const plain: fc.Arbitrary<OperationOutcome> = fc.record(
  {
    resourceType: fc.constant('OperationOutcome' as const),
    issue: fc.array(
      fc.record(
        {
          severity: fc.constantFrom('fatal' as const, 'error' as const, 'warning' as const, 'information' as const),
          code: fc.constantFrom('required' as const, 'not-found' as const, 'exception' as const),
          diagnostics: fc.constantFrom('A field is missing.', 'x', 'ä\n b'),
        },
        { requiredKeys: ['severity', 'code'], noNullPrototype: true },
      ),
      { minLength: 1, maxLength: 4 },
    ),
  },
  { noNullPrototype: true },
);

describe('errors ⇄ OperationOutcome', () => {
  it('gives back any error as it was, by way of valid R4', () => {
    fc.assert(
      fc.property(error, (given) => {
        const outcome = errorToOutcome(given);
        assert.deepEqual(errorsOf(outcome), []);
        const wire: OperationOutcome = JSON.parse(JSON.stringify(outcome));
        assert.deepEqual(outcomeToError(wire), { error: given, losses: [] });
      }),
      { numRuns: 1000 },
    );
  });

  it('takes a field that is undefined for one that is missing', () => {
    const given = { error: 'Bad', message: undefined, code: 'X', requestId: 'r' };
    assert.equal(errorToOutcome(given).extension, undefined);
  });

  it('gives back any OperationOutcome of plain issues as it was', () => {
    fc.assert(
      fc.property(plain, (outcome) => {
        const { error: made, losses } = outcomeToError(outcome);
        assert.deepEqual(losses, []);
        assert.deepEqual(errorToOutcome(made), outcome);
      }),
    );
  });

  it('says each place that an error has no room for, and no value of it', () => {
    const outcome = validate({ resourceType: 'Encounter', status: 'Anna Müller' });
    const { error: made, losses } = outcomeToError(outcome);
    assert.equal(made.issues?.length, outcome.issue.length);
    const paths = new Set(losses.map((loss) => loss.path));
    assert.ok(paths.has('OperationOutcome.issue.expression') && paths.has('OperationOutcome.issue.details'));
    assert.doesNotMatch(JSON.stringify([made, losses]), /Anna|Müller/);
  });

  it('reads the elements where an OperationOutcome was changed since', () => {
    const outcome = errorToOutcome({ error: 'Bad', code: 'X', requestId: 'r', issues: [] });
    const [head] = outcome.issue;
    assert.ok(outcome.extension !== undefined && head !== undefined);
    const changed = outcomeToError({ ...outcome, issue: [{ ...head, diagnostics: 'More.' }] });
    assert.equal(changed.error.message, 'More.');
    assert.ok(changed.losses.some((loss) => loss.path === 'OperationOutcome.extension'));
  });

  it('never throws for what is no OperationOutcome', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        outcomeToError(value as never);
        outcomeToError({ resourceType: 'OperationOutcome', issue: value, extension: value } as never);
        outcomeToError({ resourceType: 'OperationOutcome', issue: [value] } as never);
      }),
      { numRuns: 1000 },
    );
  });
});
