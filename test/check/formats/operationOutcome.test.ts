import { describe, expect, it } from '@jest/globals';
import type { Finding, ValidationSummary } from '../../../src/check/finding.js';
import { operationOutcome } from '../../../src/check/formats/operationOutcome.js';
import { validate } from '../../../src/index.js';
import { ALL, finding, NOTHING, summaryOf, written } from './samples.js';

function outcome(findings: readonly Finding[], summary: ValidationSummary = summaryOf(findings)) {
  const resource = JSON.parse(written(operationOutcome(), findings, summary));
  const { issue } = validate(resource);
  expect(issue.filter(({ severity }) => severity !== 'information')).toStrictEqual([]);
  return resource;
}

describe('the format operation-outcome', () => {
  it('is a valid resource, with what R4 has a place for and where HL7’s validator puts the rest', () => {
    expect(outcome([finding()])).toStrictEqual({
      resourceType: 'OperationOutcome',
      issue: [
        {
          extension: [
            {
              url: 'http://hl7.org/fhir/StructureDefinition/operationoutcome-file',
              valueString: 'export/Patient.ndjson',
            },
            { url: 'http://hl7.org/fhir/StructureDefinition/operationoutcome-issue-line', valueInteger: 12 },
            { url: 'http://hl7.org/fhir/StructureDefinition/operationoutcome-issue-col', valueInteger: 71 },
          ],
          severity: 'error',
          code: 'invariant',
          details: { coding: [{ system: 'urn:clinik-fhir:issue', code: 'per-1' }] },
          diagnostics: 'If present, start SHALL have a lower value than end.',
          expression: ['Patient.name[0].period'],
        },
      ],
    });
  });

  it('has an issue for each finding that counts, and no expression where there is none', () => {
    const clean = ALL.filter(({ rule, source }) => !rule.startsWith('Site') && !/\p{Cc}/u.test(source.file));
    const { issue } = outcome(clean);
    expect(issue).toHaveLength(clean.filter(({ state }) => state === 'new').length);
    expect(outcome([finding({ expression: undefined })]).issue[0]).not.toHaveProperty('expression');
  });

  it('says what was checked where nothing was found, for R4 asks for an issue', () => {
    const notChecked = { ...NOTHING.notChecked, otherProfiles: 4 };
    expect(outcome([finding({ state: 'known' })], { ...NOTHING, known: 1, notChecked }).issue).toStrictEqual([
      {
        severity: 'information',
        code: 'informational',
        details: { coding: [{ system: 'urn:clinik-fhir:issue', code: 'valid' }] },
        diagnostics: 'No new errors in 1,204 records of 3 files. Besides: 1 known. Not checked: 4 × other profiles.',
      },
    ]);
  });

  it('is JSON, whatever the names and texts, and has no id of a record', () => {
    const text = written(operationOutcome(), ALL);
    expect(JSON.parse(text).issue).toHaveLength(ALL.filter(({ state }) => state === 'new').length);
    expect(text).not.toMatch(/[^\P{Cc}\n]|pat-12/u);
  });
});
