import { createRequire } from 'node:module';
import { expect } from '@jest/globals';
import type { ConvertOptions, Operation } from '../../src/index.js';
import { lensFor, type Path, validate } from '../../src/index.js';
import { findLens } from '../../src/resources/registry.js';
import { ensure, fail } from './ensure.js';

const jsonPatch: typeof import('fast-json-patch') = createRequire(import.meta.url)('fast-json-patch');

export const PATHS: readonly Path[] = ['assessments', 'encounters', 'documents', 'labs', 'tasks'];
export const TYPES = ['ClinicalImpression', 'Encounter', 'Composition', 'DiagnosticReport', 'Task'] as const;

const copy = <T>(value: T): T => JSON.parse(JSON.stringify(value));

/** Applies a residue with a library that this project did not write. */
export function applyResidue(document: unknown, residue: readonly Operation[]): unknown {
  return jsonPatch.applyPatch(copy(document), copy(residue) as Parameters<typeof jsonPatch.applyPatch>[1], true)
    .newDocument;
}

/** What makes a resource no valid R4; none of it is ever in what toFhir makes, but a code that was given to it with its system. */
export function errorsOf(resource: unknown): unknown[] {
  return validate(resource)
    .issue.filter(({ severity }) => severity === 'error' || severity === 'fatal')
    .filter(({ details }) => details?.coding?.[0]?.code !== 'code-unknown')
    .map(({ details, expression }) => [details?.coding?.[0]?.code, expression]);
}

/** CreateGet: a payload survives the trip, and its input is not touched. */
export function holdsCreateGet(path: Path, payload: unknown, options: ConvertOptions = {}): void {
  const before = JSON.stringify(payload);
  const lens = lensFor(path);
  expect(lens.validatePayload(payload, options)).toStrictEqual([]);
  const created = lens.safeToFhir(payload, options);
  if (!created.ok) fail(JSON.stringify(created.issues));
  expect(errorsOf(created.resource)).toStrictEqual([]);
  const frozen = JSON.stringify(created.resource);
  const got = lens.safeFromFhir(created.resource, options);
  if (!got.ok) fail(JSON.stringify(got.issues));
  expect(got.payload).toStrictEqual(copy(payload));
  expect(got.losses).toStrictEqual([]);
  expect(['the payload was changed', JSON.stringify(payload)]).toStrictEqual(['the payload was changed', before]);
  expect(['the resource was changed', JSON.stringify(created.resource)]).toStrictEqual([
    'the resource was changed',
    frozen,
  ]);
}

/** The payload of a resource, or undefined where it is refused with a reason. */
export function payloadOf(resource: { resourceType: string }, options: ConvertOptions = {}): unknown {
  const got = findLens(resource.resourceType)?.safeFromFhir(resource, options);
  ensure(got);
  if (got.ok) return got.payload;
  expect(got.issues.some((issue) => issue.severity === 'error')).toBe(true);
  return undefined;
}

/** GetPut and Residue on a resource; false where it is refused. */
export function holdsOnResource(resource: { resourceType: string }, options: ConvertOptions = {}): boolean {
  const lens = findLens(resource.resourceType);
  ensure(lens);
  const before = JSON.stringify(resource);
  const got = lens.safeFromFhir(resource, { ...options, residue: true });
  expect(['the resource was changed', JSON.stringify(resource)]).toStrictEqual(['the resource was changed', before]);
  if (!got.ok) {
    expect(got.issues.some((issue) => issue.severity === 'error')).toBe(true);
    return false;
  }
  expect(lens.validatePayload(got.payload, options)).toStrictEqual([]);
  const put = lens.safeToFhir(got.payload, { ...options, onto: copy(resource) as never });
  if (!put.ok) fail(`GetPut: ${JSON.stringify(put.issues)}`);
  expect(['GetPut', JSON.stringify(put.resource)]).toStrictEqual(['GetPut', before]);
  const created = lens.safeToFhir(got.payload, options);
  if (!created.ok) fail(`create: ${JSON.stringify(created.issues)}`);
  expect(errorsOf(created.resource)).toStrictEqual([]);
  expect(['Residue', applyResidue(created.resource, got.residue ?? [])]).toStrictEqual(['Residue', copy(resource)]);
  expect(['losses and residue agree', got.losses.length === 0]).toStrictEqual([
    'losses and residue agree',
    (got.residue ?? []).length === 0,
  ]);
  return true;
}

/** The rules that a put breaks and that the resource before it did not. */
export function newErrors(after: unknown, before: unknown): unknown[] {
  const known = new Set(validate(before).issue.map(({ details }) => details?.coding?.[0]?.code));
  return errorsOf(after).filter((error) => !(Array.isArray(error) && known.has(String(error[0]))));
}

/**
 * The reasons for which a put of a valid payload onto a readable resource may be refused. With `unmapped: 'refuse'`, a put may bring
 * to light a reference that was not looked at before: the second of a list, when the first one goes.
 */
export const REFUSALS = new Set([
  'put-breaks-inv-1',
  'put-breaks-cmp-1',
  'put-breaks-cmp-2',
  'security-label',
  'reference-unmapped',
]);

/** PutGet of any payload onto any resource; false where the put is refused for an invariant. */
export function holdsPutGet(
  path: Path,
  payload: unknown,
  resource: { resourceType: string },
  options: ConvertOptions = {},
): boolean {
  const lens = lensFor(path);
  const before = JSON.stringify(resource);
  const put = lens.safeToFhir(payload, { ...options, onto: resource as never });
  expect(['the resource was changed', JSON.stringify(resource)]).toStrictEqual(['the resource was changed', before]);
  if (!put.ok) {
    const errors = put.issues.filter((issue) => issue.severity === 'error');
    ensure(errors.length > 0 && errors.every((issue) => REFUSALS.has(issue.id)), JSON.stringify(errors));
    return false;
  }
  expect(['a put breaks what was whole', newErrors(put.resource, resource)]).toStrictEqual([
    'a put breaks what was whole',
    [],
  ]);
  const got = lens.safeFromFhir(put.resource, options);
  if (!got.ok) fail(JSON.stringify(got.issues));
  expect(['PutGet', got.payload]).toStrictEqual(['PutGet', copy(payload)]);
  return true;
}
