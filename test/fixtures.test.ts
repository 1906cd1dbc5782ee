import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import jsonPatch from 'fast-json-patch';
import type { FhirResource, Resource } from 'fhir/r4.js';
import { type FromFhirResult, type Loss, lensFor, type Path, type ResourceLens } from '../src/index.js';
import { ensure } from './support/ensure.js';
import { errorsOf as validationErrors } from './support/laws.js';

type Lens = ResourceLens<object, object, FhirResource>;

/** A payload and the resource that stands for it. With `losses` the resource is another system's and says more. */
interface Case {
  readonly name: string;
  readonly id: string | undefined;
  readonly payload: object;
  readonly resource: FhirResource;
  readonly losses: readonly unknown[] | undefined;
}

const PATHS: readonly Path[] = ['assessments', 'encounters', 'documents', 'labs', 'tasks'];
const EXPORT = join('fixtures', 'ehr-export');

for (const path of PATHS) {
  const lens: Lens = lensFor(path);
  const cases = casesOf(path);

  describe(`fixtures/${path}`, () => {
    it('has at least ten cases', () => {
      expect(cases.length).toBeGreaterThanOrEqual(10);
      expect(cases.some((one) => one.losses !== undefined) && cases.some((one) => one.losses === undefined)).toBe(true);
    });

    it('has every field of the mapping table', () => {
      const seen = new Set(cases.flatMap((one) => keysBelow(one.payload)));
      const unseen = lens.fields.map((row) => row.payload).filter((field) => !seen.has(field));
      expect(unseen).toStrictEqual([]);
    });

    for (const one of cases) describe(one.name, () => pair(lens, one));
  });
}

describe('fixtures/ehr-export', () => {
  const records = recordsOfExport();

  for (const path of PATHS) {
    const lens: Lens = lensFor(path);
    it(`has records of ${lens.resourceType} that convert, and some that are refused for a reason`, () => {
      const mapped = records.filter((record) => record.resourceType === lens.resourceType);
      expect(mapped.length).toBeGreaterThanOrEqual(8);
      const converted = mapped.filter((record) => settles(lens, record));
      expect(converted.length > mapped.length / 2 && converted.length < mapped.length).toBe(true);
    });
  }

  it('shows at least five reasons of refusal', () => {
    const reasons = PATHS.flatMap((path) => {
      const lens: Lens = lensFor(path);
      const mapped = records.filter((record) => record.resourceType === lens.resourceType);
      return mapped.flatMap((record) => lens.safeFromFhir(record).issues).filter((issue) => issue.severity === 'error');
    });
    expect(new Set(reasons.map((issue) => issue.id)).size).toBeGreaterThanOrEqual(5);
  });

  it('refers to its own records only', () => {
    const ids = new Set(records.map((record) => `${record.resourceType}/${record.id}`));
    const dangling = records.flatMap(literals).filter((reference) => !ids.has(reference));
    expect(dangling).toStrictEqual([]);
  });

  it('has a bundle that converts when its references are resolved through fullUrl', () => {
    const bundle = readResource(join(EXPORT, 'visit-bundle.json'));
    ensure(bundle.resourceType === 'Bundle');
    const byUrl = new Map(
      bundle.entry?.map((entry): [unknown, Resource | undefined] => [entry.fullUrl, entry.resource]),
    );
    const resolve = (reference: string): Resource | undefined => byUrl.get(reference);
    const converted = PATHS.filter((path) => {
      const lens: Lens = lensFor(path);
      const mapped = [...byUrl.values()].filter((resource) => resource?.resourceType === lens.resourceType);
      for (const resource of mapped) expect(errorsOf(lens.safeFromFhir(resource, { resolve }))).toStrictEqual([]);
      return mapped.length > 0;
    });
    expect(converted.length).toBeGreaterThanOrEqual(2);
  });
});

/** What holds of every pair, in both directions. */
function pair(lens: Lens, { id, payload, resource, losses }: Case): void {
  const flat = id === undefined ? payload : { id, ...payload };

  it('has a payload that is valid and in normal form', () => {
    expect(lens.validatePayload(flat, { shape: id === undefined ? 'create' : 'flat' })).toStrictEqual([]);
  });

  it('reads as the payload', () => {
    const read = lens.fromFhir(resource);
    expect(read.payload).toStrictEqual(payload);
    if (id !== undefined) expect(read.id).toBe(id);
  });

  it('stays as it is, byte for byte, when its own payload is put over it', () => {
    expect(JSON.stringify(lens.toFhir(flat, { onto: resource }))).toBe(JSON.stringify(resource));
  });

  it('comes back from its payload and the residue', () => {
    const { residue } = lens.fromFhir(resource, { residue: true });
    ensure(residue !== undefined);
    expect(jsonPatch.applyPatch<object>(lens.toFhir(payload), residue).newDocument).toStrictEqual(resource);
  });

  if (losses === undefined) {
    it('is what the payload makes, and loses nothing but bookkeeping', () => {
      expect(lens.toFhir(flat)).toStrictEqual(resource);
      expect(lens.fromFhir(resource).losses.filter((loss) => loss.class !== 'record')).toStrictEqual([]);
    });
  } else {
    it('loses what losses.json lists', () => {
      expect(sorted(lens.fromFhir(resource).losses)).toStrictEqual(losses);
    });
  }

  it('is valid R4, and so is what the payload makes', () => {
    expect(validationErrors(resource)).toStrictEqual([]);
    expect(validationErrors(lens.toFhir(flat))).toStrictEqual([]);
  });

  it('leaves its input alone', () => {
    const before = JSON.stringify([flat, resource]);
    lens.fromFhir(resource, { residue: true });
    lens.toFhir(flat, { onto: resource });
    expect(JSON.stringify([flat, resource])).toBe(before);
  });
}

/** True where a record converts, and then stays as it is under its own payload; a refusal has an error. */
function settles(lens: Lens, record: FhirResource): boolean {
  const before = JSON.stringify(record);
  const result = lens.safeFromFhir(record, { residue: true });
  expect(JSON.stringify(record)).toBe(before);
  expect(errorsOf(result).length > 0).toBe(!result.ok);
  if (!result.ok) return false;
  expect(lens.validatePayload(result.payload)).toStrictEqual([]);
  expect(JSON.stringify(lens.toFhir(result.payload, { onto: record }))).toBe(before);
  return true;
}

function errorsOf({ issues }: Pick<FromFhirResult<object>, 'issues'>): string[] {
  return issues.filter((issue) => issue.severity === 'error').map((issue) => issue.id);
}

/** Losses in the order of their locations. */
function sorted(losses: readonly Loss[]): Loss[] {
  const key = (loss: Loss): string => `${loss.expression} ${loss.kind}`;
  return [...losses].sort((a, b) => (key(a) < key(b) ? -1 : 1));
}

function casesOf(path: Path): Case[] {
  const folder = join('fixtures', path);
  return readdirSync(folder).map((name) => {
    const { id, ...payload }: { id?: unknown } = readObject(join(folder, name, 'payload.json'));
    const resource = readResource(join(folder, name, 'resource.json'));
    const losses = join(folder, name, 'losses.json');
    return {
      name,
      id: typeof id === 'string' ? id : undefined,
      payload,
      resource,
      losses: existsSync(losses) ? readList(losses) : undefined,
    };
  });
}

function recordsOfExport(): FhirResource[] {
  const files = readdirSync(EXPORT).filter((file) => file.endsWith('.ndjson'));
  return files.flatMap((file) =>
    readFileSync(join(EXPORT, file), 'utf8')
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => asResource(JSON.parse(line))),
  );
}

/** The literal references of a record, relative and without version; conditional and contained ones are left out. */
function literals(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(literals);
  if (!isObject(value)) return [];
  return Object.entries(value).flatMap(([key, below]) => {
    if (key !== 'reference' || typeof below !== 'string') return literals(below);
    const relative = below.replace('https://ehr.example.org/fhir/', '').replace(/\/_history\/.*$/, '');
    return relative.startsWith('#') || relative.includes('?') ? [] : [relative];
  });
}

/** The paths of all keys of a payload, as the mapping tables write them: `sections[].title`. */
function keysBelow(value: unknown, prefix = ''): string[] {
  if (Array.isArray(value)) return value.flatMap((item) => keysBelow(item, `${prefix}[]`));
  if (!isObject(value)) return [];
  return Object.entries(value).flatMap(([key, below]) => {
    const path = prefix === '' ? key : `${prefix}.${key}`;
    return [path, ...keysBelow(below, path)];
  });
}

function readObject(file: string): object {
  const value: unknown = JSON.parse(readFileSync(file, 'utf8'));
  ensure(isObject(value), file);
  return value;
}

function readList(file: string): unknown[] {
  const value: unknown = JSON.parse(readFileSync(file, 'utf8'));
  ensure(Array.isArray(value), file);
  return value;
}

function readResource(file: string): FhirResource {
  return asResource(readObject(file));
}

function asResource(value: unknown): FhirResource {
  ensure(isResource(value));
  return value;
}

function isResource(value: unknown): value is FhirResource {
  return isObject(value) && 'resourceType' in value;
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
