import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { OperationOutcome } from 'fhir/r4.js';
import { type ClinikError, errorToOutcome, outcomeToError, validate } from '../../src/index.js';
import { ensure } from '../support/ensure.js';
import { errorsOf } from '../support/laws.js';
import { runs } from '../support/runs.js';

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
    issues: fc.array(
      fc.record(
        { severity, code, diagnostics: anyText, location: fc.array(anyText, { maxLength: 2 }) },
        { requiredKeys: ['severity', 'code', 'diagnostics'], noNullPrototype: true },
      ),
      { maxLength: 3 },
    ),
  },
  { requiredKeys: ['error', 'code'], noNullPrototype: true },
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
          location: fc.constantFrom(['period.end'], ['a', 'b']),
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
        expect(errorsOf(outcome)).toStrictEqual([]);
        const wire: OperationOutcome = JSON.parse(JSON.stringify(outcome));
        expect(outcomeToError(wire)).toStrictEqual({ error: given, losses: [] });
      }),
      { numRuns: runs(1000) },
    );
  });

  it('takes a field that is undefined for one that is missing', () => {
    const given = { error: 'Bad', message: undefined, code: 'X', requestId: 'r' };
    expect(errorToOutcome(given).extension).toBeUndefined();
  });

  it('gives back any OperationOutcome of plain issues as it was', () => {
    fc.assert(
      fc.property(plain, (outcome) => {
        const { error: made, losses } = outcomeToError(outcome);
        expect(losses).toStrictEqual([]);
        expect(errorToOutcome(made)).toStrictEqual(outcome);
      }),
    );
  });

  it('says each place that an error has no room for, and no value of it', () => {
    const outcome = validate({ resourceType: 'Encounter', status: 'Anna Müller' });
    const { error: made, losses } = outcomeToError(outcome);
    expect(made.issues?.length).toBe(outcome.issue.length);
    const paths = new Set(losses.map((loss) => loss.path));
    expect(paths.has('OperationOutcome.issue.expression') && paths.has('OperationOutcome.issue.details')).toBe(true);
    expect(JSON.stringify([made, losses])).not.toMatch(/Anna|Müller/);
  });

  it('reads the elements where an OperationOutcome was changed since', () => {
    const outcome = errorToOutcome({ error: 'Bad', code: 'X', requestId: 'r', issues: [] });
    const [head] = outcome.issue;
    ensure(outcome.extension !== undefined && head !== undefined);
    const changed = outcomeToError({ ...outcome, issue: [{ ...head, diagnostics: 'More.' }] });
    expect(changed.error.message).toBe('More.');
    expect(changed.losses.some((loss) => loss.path === 'OperationOutcome.extension')).toBe(true);
  });

  it('never throws for what is no OperationOutcome', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        outcomeToError(value as never);
        outcomeToError({ resourceType: 'OperationOutcome', issue: value, extension: value } as never);
        outcomeToError({ resourceType: 'OperationOutcome', issue: [value] } as never);
      }),
      { numRuns: runs(1000) },
    );
  });
});
