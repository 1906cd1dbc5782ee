import { mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { isObject, type JsonObject } from '../../src/lens/json.js';
import { fill, temporaryFolder } from '../support/folder.js';
import { clinikFhirIn, type Ran } from './run.js';

/** A repository of a user's, and the command line in it. */
export interface Scratch {
  readonly folder: string;
  /** Runs `clinik-fhir validate` there, or in a folder of it. */
  validate(args: readonly string[], below?: string): Promise<Ran>;
  /** All files, those in folders too, hidden ones as well. */
  files(): string[];
}

/** Makes a repository with files, as `fill` does. */
export function scratch(files: { readonly [path: string]: unknown }): Scratch {
  const folder = fill(temporaryFolder(), files);
  mkdirSync(join(folder, '.git'));
  return {
    folder,
    validate: (args, below = '.') => clinikFhirIn(join(folder, below), ['validate', ...args]),
    files: () =>
      readdirSync(folder, { recursive: true, withFileTypes: true, encoding: 'utf8' })
        .filter((entry) => !entry.isDirectory())
        .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
        .sort(),
  };
}

/** A Patient in which nothing is wrong. */
export const fine = {
  resourceType: 'Patient',
  id: 'p1',
  text: { status: 'generated', div: '<div xmlns="http://www.w3.org/1999/xhtml"><p>A person</p></div>' },
} as const;

/** Breaks per-1, at Patient.name[0].period. */
export const broken = {
  ...fine,
  id: 'p2',
  name: [{ family: 'Lee', period: { start: '2020', end: '2019' } }],
} as const;

/** Breaks dom-6 and nothing else, which is a matter of best practice, and a warning. */
export const doubtful = { resourceType: 'Patient', id: 'p3', active: true } as const;

/** An object in JSON. */
export function object(text: string): JsonObject {
  const value: unknown = JSON.parse(text);
  if (!isObject(value)) throw new Error('this is no object');
  return value;
}

/** The objects of a list in an object. */
export function list(value: JsonObject, key: string): JsonObject[] {
  const items = value[key];
  if (!Array.isArray(items)) throw new Error(`${key} is no list`);
  return items.map((item: unknown) => {
    if (!isObject(item)) throw new Error(`${key} holds no objects`);
    return item;
  });
}
