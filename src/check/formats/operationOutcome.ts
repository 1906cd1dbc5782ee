import type { Extension, OperationOutcomeIssue } from 'fhir/r4.js';
import { ISSUE_SYSTEM } from '../../fhir/outcome.js';
import { printableJson } from '../../read/printable.js';
import type { Finding, FindingWriter, ValidationSummary } from '../finding.js';
import { total } from './total.js';

const LINE = 'http://hl7.org/fhir/StructureDefinition/operationoutcome-issue-line';
const COLUMN = 'http://hl7.org/fhir/StructureDefinition/operationoutcome-issue-col';
const FILE = 'http://hl7.org/fhir/StructureDefinition/operationoutcome-file';

/**
 * One OperationOutcome of R4 (https://hl7.org/fhir/R4/operationoutcome.html), with an issue for each finding that counts, and the
 * extensions for its file, line and column that HL7's validator writes. Known and ignored findings are left out. Where there is no
 * other issue, one says what was checked, for R4 asks for one.
 */
export function operationOutcome(): FindingWriter {
  let separator = '\n';
  return {
    begin: () => '{"resourceType":"OperationOutcome","issue":[',
    add(finding) {
      if (finding.state !== 'new') return '';
      const text = `${separator}${printableJson(issueOf(finding))}`;
      separator = ',\n';
      return text;
    },
    end: (summary) => `${separator === '\n' ? `\n${printableJson(nothing(summary))}` : ''}\n]}\n`,
  };
}

function issueOf({ rule, severity, code, message, source, region, expression }: Finding): OperationOutcomeIssue {
  const extension: Extension[] = [
    { url: FILE, valueString: source.file },
    { url: LINE, valueInteger: region.line },
    { url: COLUMN, valueInteger: region.column },
  ];
  return {
    extension,
    severity,
    code,
    details: { coding: [{ system: ISSUE_SYSTEM, code: rule }] },
    diagnostics: message,
    // FHIR forbids empty lists.
    ...(expression === undefined ? {} : { expression: [expression] }),
  };
}

function nothing(summary: ValidationSummary): OperationOutcomeIssue {
  return {
    severity: 'information',
    code: 'informational',
    details: { coding: [{ system: ISSUE_SYSTEM, code: 'valid' }] },
    diagnostics: total(summary),
  };
}
