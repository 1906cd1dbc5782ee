import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect } from '@jest/globals';
import { loadGuide, validate } from '../../../../src/index.js';
import { isObject, type JsonObject } from '../../../../src/lens/json.js';
import { unless } from '../../../support/ensure.js';

const SHARED = join('..', 'shared');
const CASES = join(SHARED, 'test-cases');
const US_CORE = join(SHARED, 'profiles', 'us-core');

function read(file: string): JsonObject {
  const value: unknown = JSON.parse(readFileSync(file, 'utf8'));
  if (!isObject(value)) throw new Error('this is no object');
  return value;
}

const isFailing = (severity: unknown): boolean => severity === 'error' || severity === 'fatal';

interface Case {
  readonly name: string;
  readonly file: string;
  readonly source: string;
  readonly materials: readonly string[];
  readonly isValid: boolean;
}

function casesIn(value: unknown): Case[] {
  return (Array.isArray(value) ? value : []).filter(isObject).flatMap(({ name, file, materials, profile }) => {
    if (!isObject(profile) || typeof name !== 'string' || typeof file !== 'string') return [];
    const { source, java } = profile;
    if (typeof source !== 'string' || !Array.isArray(java)) return [];
    const more = Array.isArray(materials) ? materials.filter((one) => typeof one === 'string') : [];
    const isValid = !java.some((issue) => isObject(issue) && isFailing(issue.severity));
    return [{ name, file, source, materials: more, isValid }];
  });
}

describe('HL7’s validator test cases with profiles', () => {
  const absent = existsSync(CASES) ? false : 'the cases are not there';
  unless(absent)('have the verdict that HL7’s Java validator was recorded to give', () => {
    const cases = casesIn(JSON.parse(readFileSync(join(CASES, 'cases.json'), 'utf8')));
    expect(cases.length).toBeGreaterThan(10);
    const differing = cases.filter(({ file, source, materials, isValid }) => {
      const [profile, ...others] = [source, ...materials].map((one) => read(join(CASES, 'files', one)));
      const { issue } = validate(read(join(CASES, 'files', file)), {
        profiles: loadGuide([profile, ...others]),
        profile: [String(profile?.url)],
      });
      return issue.some(({ severity }) => isFailing(severity)) === isValid;
    });
    expect(differing.map(({ name }) => name)).toStrictEqual([]);
  });
});

describe('US Core’s own examples', () => {
  const absent = existsSync(US_CORE) ? false : 'US Core is not there';
  const guide = loadGuide(
    absent === false
      ? readdirSync(join(US_CORE, 'definitions')).map((name) => read(join(US_CORE, 'definitions', name)))
      : [],
  );
  const errorsIn = (folder: string): string[] =>
    readdirSync(join(US_CORE, folder)).flatMap((name) =>
      validate(read(join(US_CORE, folder, name)), { profiles: guide })
        .issue.filter(({ severity }) => isFailing(severity))
        .map(({ details, expression }) => `${name} ${details?.coding?.[0]?.code} ${expression?.join()}`),
    );

  unless(absent)('of 9.0.0 have no error but those that R4 itself finds', () =>
    // Its narrative has no div: docs/profiles.md.
    expect(errorsIn('examples-9.0.0')).toStrictEqual([
      'diagnosticreport-cbc.json missing-element DiagnosticReport.text.div',
    ]),
  );

  unless(absent)('of 6.1.0, another version, are read to the end', () =>
    expect(errorsIn('examples-6.1.0').filter((line) => / (?:unreadable|too-large) /.test(line))).toStrictEqual([]),
  );
});
