import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';

const GENERATED = join('src', 'fhir', 'generated');
const CHECKS = join('src', 'resources', 'generated', 'validators.js');

const folders = readdirSync('src', { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ parentPath, name }) => join(parentPath, name));

// The arrows between the rooms, circles and what the core may use are held by lint: scripts/lint, lint.test.ts.
describe('the layers of src', () => {
  it.each(readdirSync(GENERATED))('have nothing but data in the tables of R4: %s', (file) => {
    const strings = file.endsWith('.json') ? /"(?:[^"\\\n]|\\.)*"/g : /'(?:[^'\\\n]|\\.)*'/g;
    const text = readFileSync(join(GENERATED, file), 'utf8').replace(strings, "''");
    expect(text).not.toMatch(/\bimport\b|\brequire\b|\bprocess\b|=>|\bfunction\b/);
  });

  it('have payload checks that need nothing and evaluate nothing: lint does not look at what is generated', () => {
    const forbidden = /\bimport\b|\brequire\(|\beval\(|\bFunction\(|Date\.now\(|new Date\(\)|\bprocess\.|\bBuffer\b/;
    expect(readFileSync(CHECKS, 'utf8')).not.toMatch(forbidden);
  });

  it('take no name but `default` of a package that is loaded on demand: of a CommonJS one a bundle has no other', () => {
    const sources = readdirSync('src', { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.ts'))
      .map((file) => readFileSync(join('src', file), 'utf8'));
    const loaded = sources.flatMap((text) => text.match(/^.*\bimport\('[^.'].*$/gm) ?? []);
    expect(loaded.length).toBeGreaterThan(0);
    expect(loaded.filter((line) => !/const \{ default: \w+ \} = await import\('/.test(line))).toStrictEqual([]);
  });

  it.each(['src', ...folders])('have at most 25 files beside each other: %s', (folder) => {
    const files = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isFile());
    expect(files.length).toBeLessThanOrEqual(25);
  });
});
