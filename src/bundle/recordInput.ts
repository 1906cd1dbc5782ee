import type { FhirResource } from 'fhir/r4.js';
import type { ConvertOptions } from '../fhir/scope.js';
import type { Issue } from '../lens/issue.js';
import { type Lenses, lenses, type Path } from '../resources/registry.js';

/** A record to answer with: a payload with its path, as `fromResponse` gives it. */
export type RecordInput = {
  [P in Path]: {
    readonly path: P;
    readonly id?: string | undefined;
    readonly payload: Parameters<Lenses[P]['toFhir']>[0];
  };
}[Path];

/** The resource of a record, or why its payload makes none. */
export function resourceOf(
  record: FhirResource | RecordInput,
  options: ConvertOptions,
): { ok: true; resource: FhirResource } | { ok: false; issues: Issue[] } {
  if ('resourceType' in record) return { ok: true, resource: record };
  const { path, id, payload } = record;
  return lenses[path].safeToFhir(payload, id === undefined ? options : { ...options, id });
}

/** An issue of a payload at the payload's place among others. */
export function below(place: string, issue: Issue): Issue {
  return { ...issue, expression: issue.expression.map((at) => (at === '$this' ? place : `${place}.${at}`)) };
}
