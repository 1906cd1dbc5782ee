import type { Row } from '../lens/codec.js';
import { UsageError } from '../read/usageError.js';
import { findLens, type Lenses, lenses, type Path } from '../resources/registry.js';
import { parts, row } from './wrap.js';

/** Options of `clinik-fhir fields`. */
export interface FieldsFlags {
  json?: boolean;
}

/**
 * Prints the mapping table of a resource, or of all.
 * @throws UsageError for a name that is neither a path nor a FHIR type.
 */
export function runFields(name: string | undefined, { json = false }: FieldsFlags): void {
  const chosen = name === undefined ? Object.values(lenses) : [named(name)];
  const tables = chosen.map(({ path, resourceType, fields }) => ({ path, resourceType, fields }));
  if (json) process.stdout.write(`${JSON.stringify(tables, null, 2)}\n`);
  else process.stdout.write(`${tables.map((table) => page(table, process.stdout.columns || 100)).join('\n\n')}\n`);
}

function named(name: string): Lenses[Path] {
  const lens = findLens(name);
  if (lens !== undefined) return lens;
  const known = Object.values(lenses).map(({ path, resourceType }) => `${path} (${resourceType})`);
  throw new UsageError(`there is no resource of this name. There are: ${known.join(', ')}.`);
}

/** A mapping table in lines of at most `width` characters. */
export function page(
  { path, resourceType, fields }: { path: string; resourceType: string; fields: readonly Row[] },
  width: number,
): string {
  const widths = widthsOf(fields, width);
  const rows = fields.flatMap((field) => row(cellsOf(field), widths));
  const head = row(['', 'payload', `in ${resourceType}`, 'how', 'fidelity'], widths);
  return [`${path} ⇄ ${resourceType}`, '', ...head, ...rows].join('\n');
}

function cellsOf({ required, payload, element, rule, limit, fidelity }: Row): string[] {
  return [required ? '!' : '', payload, element, limit === undefined ? rule : `${rule} [${limit}]`, fidelity];
}

const FIDELITY = 'fidelity'.length;
const GAPS = 4 * 2;

/** The names get the room they need, up to a share of the line that holds each of their parts; the rule gets the rest. */
function widthsOf(fields: readonly Row[], width: number): number[] {
  const room = Math.max(width, 72) - 1 - FIDELITY - GAPS;
  const share = Math.floor(room * 0.32);
  const name = (names: string[]): number =>
    Math.min(longest(names), Math.max(share, longest(names.flatMap((text) => parts(text)))));
  const payload = name(fields.map((field) => field.payload));
  const element = name(fields.map((field) => field.element));
  return [1, payload, element, room - payload - element, FIDELITY];
}

function longest(texts: readonly string[]): number {
  return Math.max(...texts.map((text) => text.length));
}
