import { expect } from '@jest/globals';
import { type ConvertOptions, lensFor, type Path } from '../../src/index.js';
import { isObject, type Json } from './arbitraries/object.js';
import { ensure } from './ensure.js';
import { newErrors, REFUSALS } from './laws.js';

/** What ClinikAPI's PATCH takes: the SDK's update types, and the fields that only the pages list. */
export const UPDATABLE: Readonly<Record<Path, readonly string[]>> = {
  assessments: [
    ...['status', 'statusReason', 'summary', 'description', 'findings', 'note', 'investigations', 'prognosis'],
    'effectiveDateTime',
  ],
  encounters: [
    ...['status', 'class', 'type', 'serviceType', 'priority', 'reasonCode', 'period', 'lengthMinutes', 'location'],
    ...['serviceProvider', 'diagnosis', 'hospitalization'],
  ],
  documents: ['status', 'title', 'sections', 'confidentiality', 'attester', 'date'],
  labs: [
    ...['status', 'conclusion', 'conclusionCodes', 'resultIds', 'resultsInterpreter', 'presentedForm'],
    ...['effectiveDateTime', 'effectivePeriod', 'performer'],
  ],
  tasks: [
    ...['status', 'statusReason', 'businessStatus', 'priority', 'description', 'ownerId', 'executionPeriod', 'note'],
    'output',
  ],
};

/** Lists that a payload may lack, so that an update can clear them. */
const CLEARABLE = new Set([
  ...['findings', 'investigations', 'prognosis', 'diagnosis', 'attester', 'conclusionCodes', 'resultIds'],
  ...['presentedForm', 'output'],
]);

/** Fields that share an element: through a fallback, because one displaces the other, or because one is judged by the other. */
const SHARED: Readonly<Record<string, string>> = {
  description: 'summary',
  effectivePeriod: 'effectiveDateTime',
  location: 'status',
};
const OTHER: Readonly<Record<string, string>> = {
  effectivePeriod: 'effectiveDateTime',
  effectiveDateTime: 'effectivePeriod',
};

/** What two updates must not have in common to commute. */
export const elementOf = (key: string): string => SHARED[key] ?? key;

/** The part of a payload that an update may say. */
export function updatablePart(path: Path, payload: Json, chosen: (key: string) => boolean = () => true): Json {
  const part: Json = {};
  for (const key of UPDATABLE[path]) if (payload[key] !== undefined && chosen(key)) part[key] = payload[key];
  const { hospitalization } = part;
  if (!isObject(hospitalization)) return part;
  const { origin: _, ...sendable } = hospitalization;
  return { ...part, hospitalization: sendable };
}

/** A payload after a PATCH: objects merged, or replaced as the stricter reading has it. */
export function patched(payload: Json, partial: Json, objects: 'merged' | 'replaced'): Json {
  const after = { ...payload };
  for (const [key, value] of Object.entries(partial)) {
    const before = after[key];
    const whole = isObject(value) && isObject(before) && objects === 'merged' ? { ...before, ...value } : value;
    const left = isObject(whole)
      ? Object.fromEntries(Object.entries(whole).filter(([, item]) => !isEmpty(item)))
      : whole;
    if (isEmpty(left)) delete after[key];
    else after[key] = left;
    delete after[OTHER[key] ?? ''];
  }
  return after;
}

function isEmpty(value: unknown): boolean {
  if (Array.isArray(value)) return value.length === 0;
  return isObject(value) && Object.keys(value).length === 0;
}

/** Another payload, as far away as an update can lead: fields of `other`, and some lists gone. */
export function expressible(path: Path, payload: Json, other: Json, chosen: (key: string) => boolean): Json {
  let after = { ...payload };
  for (const [key, value] of Object.entries(updatablePart(path, other, chosen))) {
    const before = after[key];
    if (isObject(before) && before.origin !== undefined) continue;
    after = patched(after, { [key]: value }, 'merged');
  }
  for (const key of UPDATABLE[path]) {
    if (CLEARABLE.has(key) && other[key] === undefined && chosen(key)) delete after[key];
  }
  return after;
}

/** The reasons for which an update of a readable resource may be refused: those of a put, and periods that do not fit together. */
const UPDATE_REFUSALS = new Set([...REFUSALS, 'period-reversed']);

/** The resource after an update, or undefined where it is refused with a reason; what it says is the caller's to check. */
export function updated(path: Path, resource: object, partial: Json, options: ConvertOptions = {}): object | undefined {
  const before = JSON.stringify([resource, partial]);
  const result = lensFor(path).safeUpdate(resource, partial, options);
  expect(['the input was changed', JSON.stringify([resource, partial])]).toStrictEqual([
    'the input was changed',
    before,
  ]);
  if (result.ok) {
    expect(['an update breaks what was whole', newErrors(result.resource, resource)]).toStrictEqual([
      'an update breaks what was whole',
      [],
    ]);
    return result.resource;
  }
  const errors = result.issues.filter(({ severity }) => severity === 'error');
  ensure(errors.length > 0 && errors.every(({ id }) => UPDATE_REFUSALS.has(id)), JSON.stringify(errors));
  return undefined;
}
