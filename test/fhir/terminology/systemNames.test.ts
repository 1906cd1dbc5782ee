import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import {
  actEncounterCode,
  admitSource,
  diagnosisRole,
  diet,
  dischargeDisposition,
  encounterClasses,
  SYSTEM,
  specialArrangements,
} from '../../../src/fhir/terminology/codeSystems.js';
import { isFieldsOwn, isOfAbsence, isSystem, systemNamed } from '../../../src/fhir/terminology/systemNames.js';

interface Concept {
  readonly code: string;
  readonly display?: string;
  readonly concept?: readonly Concept[];
}

interface CodeSystem {
  readonly url: string;
  readonly identifier?: readonly { readonly value: string }[];
  readonly valueSet?: string;
  readonly concept?: readonly Concept[];
}

const R4 = join('node_modules', 'hl7.fhir.r4.examples');
const published = new Map(
  readdirSync(R4)
    .filter((file) => file.startsWith('CodeSystem-'))
    .map((file): CodeSystem => JSON.parse(readFileSync(join(R4, file), 'utf8')))
    .map((system) => [system.url, system]),
);
const ofHl7 = Object.values(SYSTEM).filter((url) => published.has(url));

describe('the names of code systems', () => {
  it('has those of HL7 as R4 publishes them', () => {
    expect(Object.values(SYSTEM).filter((url) => !published.has(url))).toStrictEqual([
      SYSTEM.loinc,
      SYSTEM.icd10cm,
      SYSTEM.icd10,
      SYSTEM.encounterClass,
    ]);
  });

  it.each(ofHl7)('knows %s by the OID and the value set that R4 gives it', (url) => {
    const { identifier = [], valueSet } = published.get(url) ?? {};
    const names = [...identifier.map(({ value }) => value), ...(valueSet === undefined ? [] : [valueSet])];
    expect(names.length).toBeGreaterThan(0);
    for (const name of names) expect([name, systemNamed(name)]).toStrictEqual([name, url]);
  });

  it.each([
    ['http://hl7.org/fhir/v3/ActCode', SYSTEM.actCode],
    ['http://terminology.hl7.org/v3/ActCode', SYSTEM.actCode],
    ['https://terminology.hl7.org/CodeSystem/v3-ActCode', SYSTEM.actCode],
    ['2.16.840.1.113883.5.4', SYSTEM.actCode],
    ['http://hl7.org/fhir/v3/ParticipationType', SYSTEM.participationType],
    ['urn:oid:2.16.840.1.113883.5.7', SYSTEM.actPriority],
    ['http://hl7.org/fhir/v2/0092', SYSTEM.reAdmission],
    ['urn:oid:2.16.840.1.113883.12.4', SYSTEM.patientClass],
    ['http://hl7.org/fhir/admit-source', SYSTEM.admitSource],
    ['http://hl7.org/fhir/discharge-disposition', SYSTEM.dischargeDisposition],
    ['http://hl7.org/fhir/diet', SYSTEM.diet],
    ['http://hl7.org/fhir/encounter-special-arrangements', SYSTEM.specialArrangements],
    ['http://hl7.org/fhir/diagnosis-role', SYSTEM.diagnosisRole],
    ['http://hl7.org/fhir/task-code', SYSTEM.taskCode],
    ['http://hl7.org/fhir/data-absent-reason', SYSTEM.dataAbsentReason],
    ['2.16.840.1.113883.6.96', SYSTEM.snomed],
  ])('knows %s', (name, system) => {
    expect(systemNamed(name)).toBe(system);
    expect(isSystem(name, system)).toBe(true);
  });

  it.each(['http://hl7.org/fhir/sid/icd-9-cm', 'http://fhir.de/CodeSystem/bfarm/icd-10-gm', 'urn:oid:1.2.3', 'x'])(
    'has no other name for %s',
    (name) => {
      expect(systemNamed(name)).toBe(name);
      expect(isFieldsOwn(name)).toBe(false);
      expect(isOfAbsence(name)).toBe(false);
    },
  );
});

describe('a vocabulary', () => {
  it('of a system that is all for one field has all of its codes', () => {
    for (const { system, words } of [admitSource, dischargeDisposition, diet, specialArrangements, diagnosisRole]) {
      const codes = flat(published.get(system)?.concept ?? []).map(({ code }) => code);
      expect(Object.keys(words).sort()).toStrictEqual(codes.sort());
    }
  });

  it('has every class that a code of another system is read as', () => {
    const equivalents = Object.values(encounterClasses).flatMap((codes) => Object.values(codes));
    expect(equivalents.filter((code) => !Object.hasOwn(actEncounterCode.words, code))).toStrictEqual([]);
  });
});

function flat(concepts: readonly Concept[]): Concept[] {
  return concepts.flatMap((one) => [one, ...flat(one.concept ?? [])]);
}
