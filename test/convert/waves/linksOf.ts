import type { Resource } from 'fhir/r4.js';
import { recordLinks } from '../../../src/convert/waves/recordLinks.js';
import type { JsonObject } from '../../../src/lens/json.js';
import { lenses, type Path } from '../../../src/resources/registry.js';

export const HOME = 'https://ehr.example.org/fhir';
export const URN = 'urn:uuid:7c1e2f5e-2f0b-4a7e-9d6b-0d1d5f6a3b01';
export const CLINIK = 'https://api.clinikapi.com/v1';

export const to = (reference: string): JsonObject => ({ reference });

export interface Where {
  readonly resolve?: (reference: string) => Resource | undefined;
  readonly baseUrl?: string;
}

/** The links of a record, each as its element and its name. */
export function linksOf(path: Path, resource: JsonObject, { resolve, baseUrl }: Where = {}): string[] {
  return recordLinks(resource, lenses[path], { resolve, baseUrl }).map(({ element, name }) => `${element} ${name}`);
}

/** The names that a task's focus leads to. */
export const focusOf = (reference: unknown, where?: Where): string[] =>
  linksOf('tasks', { focus: reference }, where).map((link) => link.replace('focus ', ''));
