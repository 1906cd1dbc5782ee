import { describe, expect, it } from '@jest/globals';
import { isOutput, isRawFile, keptName } from '../../src/read/runFiles.js';

describe('the name of a file', () => {
  it.each([
    ['losses.ndjson', true],
    ['clinik-fhir.run.json', true],
    ['encounters.ndjson', true],
    ['Encounter.ndjson', true],
    ['rejected/Patient.ndjson', true],
    ['rejected/Unknown.ndjson', true],
    ['rejected/document-2.json', true],
    ['rejected/encounters-10.json', true],
    ['fixed/Patient.ndjson', true],
    ['wave-12/labs.ndjson', true],
    ['bulk-import/0001-wave-0-labs.json', true],
    ['fhir/Patient.ndjson', true],
    ['wave-1/fhir/Patient.ndjson', true],
    ['Patient.ndjson', false],
    ['constructor.ndjson', false],
    ['Unknown.ndjson', false],
    ['rejected/document.json', false],
    ['rejected/Nothing.ndjson', false],
    ['wave-1/Encounter.ndjson', false],
    ['bulk-import/001-wave-0-labs.json', false],
    ['x/fhir/Patient.ndjson', false],
    ['encounters.ndjson\n', false],
    ['losses_ndjson', false],
  ])('%s tells that a run wrote it: %s', (file, wanted) => {
    expect(isOutput(file)).toBe(wanted);
  });

  it.each([
    ['fhir/Patient.ndjson', true],
    ['wave-3/fhir/Patient.ndjson', true],
    ['fhir/encounters.ndjson', false],
    ['Patient.ndjson', false],
  ])('%s tells that its resources are sent as they are: %s', (file, wanted) => {
    expect(isRawFile(file)).toBe(wanted);
  });

  it.each([
    ['rejected/Patient.ndjson', 'Patient'],
    ['rejected/encounters-3.json', 'encounters'],
    ['encounters.json', 'encounters'],
    ['rejected/document-1.json', 'Unknown'],
    ['rejected/toString.ndjson', 'Unknown'],
    ['mypatients.ndjson', 'Unknown'],
  ])('%s says what was refused: %s', (file, name) => {
    expect(keptName(file)).toBe(name);
  });
});
