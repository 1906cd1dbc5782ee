import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { type Baseline, readBaseline } from '../../bench/baseline.js';
import { PARTS } from '../../bench/parts.js';
import type { Measured } from '../../bench/row.js';
import { figure, page, table, withFigures } from '../../bench/table.js';

const TITLED = [
  { name: 'library', title: 'The library' },
  { name: 'run', title: 'A run' },
  { name: 'empty', title: 'Nothing' },
];
const ROWS: readonly Measured[] = [
  { id: 'run/a', name: 'convert', unit: 'MiB', value: 152.4 },
  { id: 'library/a', name: 'convert', unit: '× JSON', value: 2.5, detail: '22 MB/s' },
  { id: 'library/b', name: 'a peer', notRun: 'there is no Java' },
];
const RELEASE: Baseline = {
  version: '1.2.3',
  machine: '2 cores',
  node: '20.0.0',
  rows: [{ id: 'library/a', name: 'convert', unit: '× JSON', value: 2 }],
};

describe('the table of the benchmarks', () => {
  it('has the rows of each part below its title, with the release beside them', () => {
    expect(table(TITLED, ROWS, RELEASE)).toBe(
      [
        ' now  release  change',
        '',
        'The library',
        '2.50     2.00    +25%  × JSON  convert (22 MB/s)',
        '   -                   a peer (not run: there is no Java)',
        '',
        'A run',
        ' 152                   MiB  convert',
      ].join('\n'),
    );
  });

  it('does without a release', () => {
    expect(table(TITLED, ROWS, undefined)).not.toContain('%');
  });

  it.each([
    [0.514, '0.51'],
    [9.994, '9.99'],
    [12.34, '12.3'],
    [152.4, '152'],
  ])('writes %d as %s', (value, text) => {
    expect(figure(value)).toBe(text);
  });
});

describe('the page of the benchmarks', () => {
  it('says where the figures were measured, and why one is missing', () => {
    expect(page(TITLED, { ...RELEASE, rows: ROWS })).toBe(
      [
        'Version 1.2.3, Node 20.0.0, 2 cores.',
        '',
        '**The library**',
        '',
        '| what | figure | |',
        '| --- | ---: | --- |',
        '| convert | 2.50 × JSON | 22 MB/s |',
        '| a peer | not run | there is no Java |',
        '',
        '**A run**',
        '',
        '| what | figure | |',
        '| --- | ---: | --- |',
        '| convert | 152 MiB |  |',
      ].join('\n'),
    );
  });

  it('has other figures between its marks, and nothing else changed', () => {
    const text = 'a\n<!-- figures: npm run bench -- --write -->\nold\n<!-- /figures -->\nb\n';
    expect(withFigures(text, 'new')).toBe(text.replace('old', 'new'));
    expect(() => withFigures('a page', 'new')).toThrow('no place');
  });

  it('shows the figures that the next run is compared with', () => {
    const text = readFileSync(join('docs', 'performance.md'), 'utf8');
    const release = readBaseline();
    expect(release).toBeDefined();
    if (release !== undefined) expect(withFigures(text, page(PARTS, release))).toBe(text);
  });
});
