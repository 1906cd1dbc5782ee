import { describe, expect, it } from '@jest/globals';
import { parseJson } from '../../src/read/parseJson.js';

const CUT = 'This JSON was cut off: it ends in the middle of a value.';
const MORE = 'There is more after the end of the JSON value; NDJSON has one value in a line.';
const MARK = 'A byte order mark stands in the middle, where one file was appended to another.';
const HTML = 'This is HTML: a web page, of a login or an error perhaps, where JSON should be.';
const XML = 'This is XML. Of FHIR’s formats JSON is read; ask for application/fhir+json.';
const CDA = 'This is C-CDA, or other HL7 v3 XML, and no FHIR; convert to FHIR R4 in JSON first.';
const HL7 = 'This is an HL7 v2 message, and no FHIR; convert to FHIR R4 in JSON first.';
const TABLE = 'This is a line of a table (CSV, or the like); convert to FHIR R4 in JSON first.';
const SYNTAX = 'This is not JSON: there is a fault in its syntax.';

describe('what is no JSON', () => {
  it.each([
    ['{"a":1', CUT],
    ['{"a":1 \n', CUT],
    ['{"a":"Mül', CUT],
    ['[{"a":[1,', CUT],
    ['{', CUT],
    ['{"a":1}{"b":2}', MORE],
    ['{"a":1},', MORE],
    ['{"a":1}]', MORE],
    ['{"a":1}\uFEFF{"b":2}', MARK],
    ['\uFEFF{"b":2}', MARK],
    ['[{"a":1},\uFEFF{"b":2}]', MARK],
    ['<!DOCTYPE html><html lang="en">', HTML],
    ['  <html>\n<head>', HTML],
    ['<?xml version="1.0" encoding="UTF-8"?>', XML],
    ['<Patient xmlns="http://hl7.org/fhir"/>', XML],
    ['<ClinicalDocument xmlns="urn:hl7-org:v3"/>', CDA],
    ['<?xml version="1.0"?>\n<ClinicalDocument\n  xmlns="urn:hl7-org:v3">', CDA],
    ['MSH|^~\\&|LAB|X|||202401010000||ORU^R01|1|P|2.5', HL7],
    ['\u000bMSH|^~\\&|LAB\rPID|1||7', HL7],
    ['id,name,birthDate', TABLE],
    ['"id";"name"', TABLE],
    ['7\tDoe\t1990-01-01', TABLE],
    ['Internal Server Error', 'This is text, and no JSON.'],
    ['{"a" 1}', SYNTAX],
    ['{"a":1,}', SYNTAX],
    ["{'a':1}", SYNTAX],
    ['{"a":1}\0', 'This is not JSON: there are NUL bytes in it.'],
  ])('is named for what it is: %j', (text, says) => {
    const parsed = parseJson(Buffer.from(text));
    expect('unreadable' in parsed && [parsed.unreadable.id, parsed.unreadable.diagnostics]).toStrictEqual([
      'json-malformed',
      says,
    ]);
  });

  it('is measured before it is parsed where it is large', () => {
    const idOf = (text: string): string | undefined => {
      const parsed = parseJson(Buffer.from(text));
      return 'unreadable' in parsed ? parsed.unreadable.id : undefined;
    };
    const large = 'x'.repeat(1024 * 1024);
    expect(idOf('['.repeat(3_000_000))).toBe('too-deep');
    expect(idOf(`${'{"a":'.repeat(1001)}"${large}"${'}'.repeat(1001)}`)).toBe('too-deep');
    expect(idOf(`${'{"a":'.repeat(1000)}"${large}"${'}'.repeat(1000)}`)).toBeUndefined();
    // Brackets in texts are none.
    expect(idOf(JSON.stringify(['\\"['.repeat(500_000), '['.repeat(500_000)]))).toBeUndefined();
    expect(idOf(`[${'[],'.repeat(16_000_000)}[]]`)).toBe('json-too-large');
  });
});
