import type { Row } from '../../lens/codec.js';
import type { Loss, Operation } from '../../lens/diff.js';
import { isObject, type JsonObject } from '../../lens/json.js';
import { resourceLanguage } from '../../resources/language.js';

/** A value in a record: where it is, in names that R4 or ClinikAPI have. */
export interface Place {
  readonly path: string;
  readonly value: unknown;
}

/** One line of an inspection: a place of the resource, that of the payload that says it, and what was lost there. */
export interface Line {
  readonly fhir?: Place;
  readonly payload?: Place;
  readonly loss?: Loss;
}

/** The lines about one field of a payload, and all that belongs to it. */
export interface Group {
  /** The field; undefined for what no rule covers. */
  readonly field?: string;
  readonly lines: readonly Line[];
}

type Step = string | number;

/** A place with its steps, for finding the row of the table that it belongs to. */
interface Found extends Place {
  readonly keys: readonly string[];
  readonly loss?: Loss;
}

/** What is compared. */
export interface Compared {
  readonly resourceType: string;
  readonly resource: JsonObject;
  readonly payload: JsonObject;
  readonly losses: readonly Loss[];
  /** The patch that leads back to the resource, which tells a value from what stands beside it (`_status`). */
  readonly residue: readonly Operation[];
  /** The mapping table. */
  readonly fields: readonly Row[];
}

/**
 * A resource and its payload side by side, in the order of the mapping table; what no rule covers comes last. A place that is
 * lost as a whole is one line, whatever it holds. No value is looked at.
 */
export function groupsOf({ resourceType, resource, payload, losses, residue, fields }: Compared): Group[] {
  const left = placesOfResource(resourceType, resource, losses, new Set(residue.map(({ path }) => path)));
  const right = leaves(payload);
  const rows = fields.map((row) => ({ row, element: keysOf(row.element), field: keysOf(row.payload) }));
  const isThere = (field: readonly string[]): boolean => Object.hasOwn(payload, field[0] ?? '');
  const rowOf = ({ keys }: Found) => {
    const around = rows.filter(({ element }) => isPrefix(element, keys) || isPrefix(keys, element));
    const longest = Math.max(0, ...around.map(({ element }) => Math.min(element.length, keys.length)));
    const nearest = around.filter(({ element }) => Math.min(element.length, keys.length) === longest);
    return nearest.find(({ field }) => isThere(field)) ?? nearest[0];
  };
  const unused = new Set(right);
  const placed = left.map((fhir) => {
    const row = rowOf(fhir);
    // What is lost has nothing in the payload; what was changed may have.
    const isGone = fhir.loss !== undefined && fhir.loss.kind !== 'changed';
    const partner = row === undefined || isGone ? undefined : [...unused].find(({ keys }) => isPrefix(row.field, keys));
    if (partner !== undefined) unused.delete(partner);
    return { top: row?.field[0], line: lineOf(fhir, partner) };
  });
  const tops = [...new Set([...rows.map(({ field }) => field[0] ?? ''), ...right.map(({ keys }) => keys[0] ?? '')])];
  const groups = tops.map((field): Group => {
    const own = placed.filter(({ top }) => top === field).map(({ line }) => line);
    const rest = [...unused].filter(({ keys }) => keys[0] === field).map((place): Line => lineOf(undefined, place));
    return { field, lines: [...own, ...rest] };
  });
  const others = placed.filter(({ top }) => top === undefined).map(({ line }) => line);
  return [...groups, { lines: others }].filter(({ lines }) => lines.length > 0);
}

function lineOf(fhir: Found | undefined, payload: Found | undefined): Line {
  return {
    ...(fhir === undefined ? {} : { fhir: { path: fhir.path, value: fhir.value } }),
    ...(payload === undefined ? {} : { payload: { path: payload.path, value: payload.value } }),
    ...(fhir?.loss === undefined ? {} : { loss: fhir.loss }),
  };
}

/** The places of a resource down to single values, or to what is lost as a whole, and those that its payload would add. */
function placesOfResource(
  resourceType: string,
  resource: JsonObject,
  losses: readonly Loss[],
  patched: ReadonlySet<string>,
): Found[] {
  const { locate } = resourceLanguage(resourceType);
  const at = new Map<string, Loss[]>();
  for (const loss of losses) at.set(loss.expression, [...(at.get(loss.expression) ?? []), loss]);
  // A value and what stands beside it have one expression.
  const lossAt = (expression: string, steps: readonly Step[]): Loss | undefined =>
    !patched.has(pointerOf(steps)) && patched.has(pointerOf(besides(steps))) ? undefined : at.get(expression)?.shift();
  const found: Found[] = [];
  const visit = (value: unknown, steps: readonly Step[]): void => {
    const { expression } = steps.length === 0 ? { expression: resourceType } : locate(steps);
    const loss = lossAt(expression, steps);
    const place = { path: expression.slice(resourceType.length + 1), value, keys: namesIn(steps) };
    const isWhole = loss !== undefined && loss.reason !== 'order';
    if (isWhole || (!isObject(value) && !Array.isArray(value)))
      found.push({ ...place, ...(loss === undefined ? {} : { loss }) });
    else {
      if (loss !== undefined) found.push({ ...place, loss });
      const entries: [Step, unknown][] = Array.isArray(value) ? [...value.entries()] : Object.entries(value);
      for (const [step, inner] of entries) visit(inner, [...steps, step]);
    }
  };
  for (const [key, value] of Object.entries(resource)) if (key !== 'resourceType') visit(value, [key]);
  // What is left was not there before.
  for (const loss of [...at.values()].flat()) {
    const path = loss.expression.slice(resourceType.length + 1);
    found.push({ path, value: undefined, keys: keysOf(path), loss });
  }
  return found;
}

/** The single values of a payload. */
function leaves(payload: JsonObject): Found[] {
  const found: Found[] = [];
  const visit = (value: unknown, path: string, keys: readonly string[]): void => {
    if (Array.isArray(value)) for (const [index, item] of value.entries()) visit(item, `${path}[${index}]`, keys);
    else if (isObject(value))
      for (const [key, inner] of Object.entries(value))
        visit(inner, path === '' ? key : `${path}.${key}`, [...keys, key]);
    else found.push({ path, value, keys });
  };
  visit(payload, '', []);
  return found;
}

/** The names of steps; what stands beside a value belongs to it. */
const namesIn = (steps: readonly Step[]): string[] =>
  steps.filter((step) => typeof step === 'string').map((name) => name.replace(/^_/, ''));

const pointerOf = (steps: readonly Step[]): string =>
  steps.map((step) => `/${String(step).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');

/** The steps to what stands beside a value, or to the value beside which this stands. */
function besides(steps: readonly Step[]): readonly Step[] {
  const at = steps.map((step) => typeof step).lastIndexOf('string');
  return steps.map((step, index) => {
    if (index !== at) return step;
    const name = String(step);
    return name.startsWith('_') ? name.slice(1) : `_${name}`;
  });
}

/** The names of a path, without indexes. */
const keysOf = (path: string): string[] => path.replace(/\[\d*\]/g, '').split('.');

const isPrefix = (a: readonly string[], b: readonly string[]): boolean =>
  a.length <= b.length && a.every((key, index) => key === b[index]);
