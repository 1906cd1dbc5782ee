import { expect, it } from '@jest/globals';
import { validate } from '../../src/validate/validate.js';

export const HOME = 'https://ehr.example.org/fhir';
export const P1 = 'urn:uuid:7c1e2f5e-2f0b-4a7e-9d6b-0d1d5f6a3b01';
export const O1 = 'urn:uuid:7c1e2f5e-2f0b-4a7e-9d6b-0d1d5f6a3b02';
export const GONE = 'urn:uuid:7c1e2f5e-2f0b-4a7e-9d6b-0d1d5f6a3bff';

const OWN =
  /^(fullurl-|bundle-reference-|batch-reference$|conditional-reference$|request-url-mismatch$|reference-target$|reference-type$|search-outcome$|unreadable$)/;

/** The findings of Bundles alone, each as `severity id expression`. */
export function findings(input: unknown): string[] {
  return validate(input).issue.flatMap(({ severity, details, expression = [] }) => {
    const id = details?.coding?.[0]?.code ?? '';
    return OWN.test(id) ? [`${severity} ${id} ${expression.join()}`] : [];
  });
}

export type Json = Record<string, unknown>;

export const bundle = (type: string, ...entry: unknown[]): Json => ({ resourceType: 'Bundle', type, entry });
export const patient = (id?: string, more: Json = {}): Json => ({
  resourceType: 'Patient',
  ...(id && { id }),
  ...more,
});
export const version = (versionId: string): Json => ({ meta: { versionId } });

export function observation(reference: string, more: Json = {}): Json {
  return { resourceType: 'Observation', status: 'final', code: { text: 'x' }, subject: { reference }, ...more };
}

/** An entry with a resource, at `[base]/[type]/[id]` unless it is said where. */
export function entry(
  resource: Json,
  fullUrl = `${HOME}/${resource.resourceType}/${resource.id}`,
  more: Json = {},
): Json {
  return { fullUrl, resource, ...more };
}

export const post = (type: string): Json => ({ request: { method: 'POST', url: type } });
export const put = (url: string): Json => ({ request: { method: 'PUT', url } });

export function composition(more: Json): Json {
  return {
    resourceType: 'Composition',
    id: 'c1',
    status: 'final',
    type: { text: 'x' },
    date: '2025-01-01',
    title: 'x',
    author: [{ reference: 'Practitioner/pr1' }],
    ...more,
  };
}

export const author = entry({ resourceType: 'Practitioner', id: 'pr1' });
export const header = (more: Json): Json => ({
  resourceType: 'MessageHeader',
  id: 'm1',
  eventUri: 'http://example.org/event',
  source: { endpoint: 'http://example.org' },
  ...more,
});

type Case = readonly [what: string, input: unknown, ...expected: string[]];

/** A test for each case: what is said of it, and what is found in it. */
export function table(cases: readonly Case[]): void {
  for (const [what, input, ...expected] of cases) it(what, () => expect(findings(input)).toStrictEqual(expected));
}
