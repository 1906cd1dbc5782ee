import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from '@jest/globals';
import type { Summary } from '../../src/convert/summary.js';
import { isObject } from '../../src/lens/json.js';
import { lenses } from '../../src/resources/registry.js';
import { ensure } from '../support/ensure.js';

/** A request body of ClinikAPI's bulk import. */
export interface Body {
  readonly resourceType: string;
  readonly data: string;
}

/** The lines of a body's `data`. */
export function bodyLines(bytes: Buffer): Buffer[] {
  return body(bytes)
    .data.split('\n')
    .map((line) => Buffer.from(line));
}

function body(bytes: Buffer): Body {
  const value: unknown = JSON.parse(bytes.toString());
  if (!isObject(value) || typeof value.resourceType !== 'string' || typeof value.data !== 'string')
    throw new Error('this is no body');
  expect(Object.keys(value)).toStrictEqual(['resourceType', 'data']);
  return { resourceType: value.resourceType, data: value.data };
}

/** Holds the bodies of a run to the limits of ClinikAPI and of the run, and to the count of its summary. */
export function assertBodies(out: string, { bulkImport }: Summary, maxBody: number): void {
  const folder = join(out, 'bulk-import');
  const names = existsSync(folder) ? readdirSync(folder).sort() : [];
  expect([bulkImport?.operations, bulkImport?.hours]).toStrictEqual([names.length, names.length / 5]);
  for (const [index, name] of names.entries()) {
    const [, number, path] = /^([0-9]{4,})-wave-[0-9]+-([a-z]+)\.json$/.exec(name) ?? [];
    expect([name, Number(number)]).toStrictEqual([name, index + 1]);
    const bytes = readFileSync(join(folder, name));
    const { resourceType, data } = body(bytes);
    const lens = Object.values(lenses).find((one) => one.path === path);
    expect(resourceType).toBe(lens?.resourceType);
    expect(bytes.toString()).toBe(`${JSON.stringify({ resourceType, data })}\n`);
    ensure(bytes.length <= maxBody && data.length <= 104_857_600, name);
    const lines = data.split('\n');
    ensure(lines.length <= 10_000, name);
    for (const line of lines) expect(lens?.safeToFhir(JSON.parse(line)).ok).toBe(true);
  }
}
