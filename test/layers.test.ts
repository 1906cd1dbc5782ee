import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize, sep } from 'node:path';
import { describe, expect, it } from '@jest/globals';

/** What each folder of src may import, besides itself; the arrows of the design point down only. */
const MAY_IMPORT: Record<string, readonly string[]> = {
  lens: [],
  fhir: ['lens'],
  validate: ['fhir', 'lens'],
  // A put is validated before it is handed out: docs/decisions/015.
  resources: ['validate', 'fhir', 'lens'],
  bundle: ['resources', 'validate', 'fhir', 'lens'],
  response: ['bundle', 'resources', 'validate', 'fhir', 'lens'],
  read: ['response', 'bundle', 'resources', 'validate', 'fhir', 'lens'],
  report: ['read', 'lens'],
  convert: ['report', 'read', 'response', 'bundle', 'validate', 'resources', 'fhir', 'lens'],
  check: ['report', 'read', 'response', 'bundle', 'validate', 'resources', 'fhir', 'lens'],
  cli: ['convert', 'check', 'report', 'read', 'response', 'bundle', 'validate', 'resources', 'fhir', 'lens'],
};

/** Packages that the core may use; they are as free of Node as it is. */
const CORE_PACKAGES = ['fhir/r4.js', 'htmlparser2', 'sha1-uint8array'];

/** What stands for one module under Node and for another elsewhere: `imports` in package.json, without Node by default. */
const CONDITIONAL = ['#fhirpath'];
const NODE_FOLDERS = ['read', 'report', 'convert', 'check', 'cli', 'fhirpath.ts', 'node.ts'];

const files = readdirSync('src', { recursive: true, encoding: 'utf8' })
  .filter((file) => /\.(ts|js)$/.test(file) && !file.endsWith('.d.ts'))
  .map((file) => join('src', file))
  // Tables of texts, in which the names of R4's elements look like code.
  .filter((file) => !file.startsWith(join('src', 'fhir', 'generated')));

const importsOf = (text: string): string[] =>
  [...text.matchAll(/(?:from|import)\s*\(?\s*['"]([^'"]+)['"]/g)].map((match) => match[1] ?? '');

const folderOf = (path: string): string => normalize(path).split(sep)[1] ?? '';

describe('the layers of src', () => {
  it('import downwards only', () => {
    const wrong = files.flatMap((file) => {
      const own = folderOf(file);
      const allowed = MAY_IMPORT[own];
      if (allowed === undefined) return [];
      return importsOf(readFileSync(file, 'utf8'))
        .filter((name) => name.startsWith('.'))
        .map((name) => join(dirname(file), name))
        .filter((target) => folderOf(target) !== own && !allowed.includes(folderOf(target)))
        .map((target) => `${file} → ${target}`);
    });
    expect(wrong).toStrictEqual([]);
    expect(files.length).toBeGreaterThan(40);
  });

  it('have nothing but data in the tables of R4', () => {
    const folder = join('src', 'fhir', 'generated');
    for (const file of readdirSync(folder)) {
      const text = readFileSync(join(folder, file), 'utf8').replace(/'(?:[^'\\\n]|\\.)*'/g, "''");
      expect(text).not.toMatch(/\bimport\b|\brequire\b|\bprocess\b|=>|\bfunction\b/);
    }
  });

  it('keep Node out of everything below read', () => {
    const wrong = files
      .filter((file) => !NODE_FOLDERS.includes(folderOf(file)))
      .flatMap((file) =>
        importsOf(readFileSync(file, 'utf8'))
          .filter((name) => !name.startsWith('.') && ![...CORE_PACKAGES, ...CONDITIONAL].includes(name))
          .map((name) => `${file} → ${name}`),
      );
    expect(wrong).toStrictEqual([]);
  });

  it('neither evaluate text nor ask the clock nor reach for globals of Node', () => {
    const forbidden = /\beval\(|new Function\b|Date\.now\(|new Date\(\)|\bprocess\.|\brequire\(|\bBuffer\b/;
    const wrong = files.filter(
      (file) => !NODE_FOLDERS.includes(folderOf(file)) && forbidden.test(readFileSync(file, 'utf8')),
    );
    expect(wrong).toStrictEqual([]);
  });
});
