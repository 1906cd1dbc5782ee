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

  it.each([
    ['of another system', [{ system: 'https://other.example/errors', code: 'E1' }]],
    ['without a system', [{ code: 'E1' }]],
    [
      'of ours behind another',
      [{ system: 'https://other.example/errors' }, { system: 'urn:clinik-fhir:error', code: 'E1' }],
    ],
    ['that is none', ['urn:clinik-fhir:error']],
    ['that is missing', undefined],
  ])('takes no issue for the head of an error whose coding is one %s', (_, coding) => {
    const issue = { severity: 'error', code: 'exception', details: { coding, text: 'It broke.' } };
    expect(outcomeToError({ resourceType: 'OperationOutcome', issue: [issue] } as never).error).toStrictEqual({
      error: 'OperationOutcome',
      code: 'operation-outcome',
      issues: [{ severity: 'error', code: 'exception', diagnostics: 'It broke.' }],
    });
  });

  it('has an empty text for what an issue does not say', () => {
    const read = (...issue: unknown[]) => outcomeToError({ resourceType: 'OperationOutcome', issue } as never).error;
    const nothing = { severity: '', code: '', diagnostics: '' };
    expect(read({}, 7, { severity: 1, details: 'x' }).issues).toStrictEqual([nothing, nothing]);
    const head = { details: { coding: [{ system: 'urn:clinik-fhir:error' }] } };
    expect(read(head)).toStrictEqual({ error: '', code: '' });
  });

  it('reads the head of an error from a coding of its system and from its own extension', () => {
    const details = { coding: [{ system: 'urn:clinik-fhir:error', code: 'E1' }], text: 'Bad' };
    const head = { severity: 'error', code: 'processing', details, diagnostics: 'It broke.' };
    const read = (extension?: unknown) =>
      outcomeToError({ resourceType: 'OperationOutcome', issue: [{ ...head, extension }] } as never).error;
    const error = { error: 'Bad', message: 'It broke.', code: 'E1' };
    expect(read()).toStrictEqual(error);
    expect(read([{ url: 'urn:clinik-fhir:request-id', valueString: 'r1' }])).toStrictEqual({
      ...error,
      requestId: 'r1',
    });
    expect(read([{ url: 'https://other.example', valueString: 'r1' }])).toStrictEqual(error);
    expect(read(['urn:clinik-fhir:request-id'])).toStrictEqual(error);
  });

  it('writes an error as an OperationOutcome that says each part in its own element', () => {
    const issues = [{ severity: 'warning', code: 'required', diagnostics: 'A field is missing.' }];
    expect(errorToOutcome({ error: 'Bad', message: 'It broke.', code: 'E1', requestId: 'r1', issues })).toStrictEqual({
      resourceType: 'OperationOutcome',
      issue: [
        {
          extension: [{ url: 'urn:clinik-fhir:request-id', valueString: 'r1' }],
          severity: 'error',
          code: 'processing',
          details: { coding: [{ system: 'urn:clinik-fhir:error', code: 'E1' }], text: 'Bad' },
          diagnostics: 'It broke.',
        },
        { severity: 'warning', code: 'required', diagnostics: 'A field is missing.' },
      ],
    });
  });

  // https://hl7.org/fhir/R4/valueset-issue-type.html
  it.each(
    (
      'invalid structure required value invariant security login unknown expired forbidden suppressed processing ' +
      'not-supported duplicate multiple-matches not-found deleted too-long code-invalid extension too-costly ' +
      'business-rule conflict transient lock-error no-store exception timeout incomplete throttled informational'
    ).split(' '),
  )('says an issue of type %s without an extension', (code) => {
    for (const severity of ['fatal', 'error', 'warning', 'information']) {
      const issue = { severity, code, diagnostics: 'It broke.' };
      const outcome = errorToOutcome({ error: 'Bad', code: 'E1', requestId: 'r1', issues: [issue] });
      expect([outcome.extension, outcome.issue[1]]).toStrictEqual([undefined, issue]);
    }
  });

  it('keeps in an extension what no element can say, and reads it only where the elements are still its own', () => {
    const given = {
      error: 'Bad',
      code: 'no code',
      requestId: ' ',
      issues: [{ severity: 'critical', code: 'odd', diagnostics: '' }],
    };
    const outcome = errorToOutcome(given);
    expect(outcome.extension).toStrictEqual([
      { url: 'urn:clinik-fhir:error-json', valueString: JSON.stringify(given) },
    ]);
    expect(outcome.issue).toStrictEqual([
      {
        severity: 'error',
        code: 'processing',
        details: { coding: [{ system: 'urn:clinik-fhir:error', code: 'no code' }], text: 'Bad' },
      },
      { severity: 'error', code: 'processing' },
    ]);
    expect(outcomeToError(outcome)).toStrictEqual({ error: given, losses: [] });
    const url = 'https://other.example';
    const foreign = { ...outcome, extension: [{ url, valueString: JSON.stringify(given) }] };
    expect(outcomeToError(foreign).error.issues).toStrictEqual([
      { severity: 'error', code: 'processing', diagnostics: '' },
    ]);
    const broken = { ...outcome, extension: [{ url: 'urn:clinik-fhir:error-json', valueString: '{' }] };
    expect(outcomeToError(broken).error.code).toBe('no code');
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
