import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { convertRecords } from '../../../src/convert/conversionStream.js';
import { convert } from '../../../src/convert/convertToFiles.js';
import { lossLines } from '../../../src/convert/losses/lossLines.js';
import type { Loss } from '../../../src/lens/diff.js';
import { ensure, unless } from '../../support/ensure.js';
import { temporaryFolder } from '../../support/folder.js';
import { lossesIn } from '../../support/losses.js';

const EXPORT = join('fixtures', 'ehr-export');
const SHARED = join('..', 'shared');
const CORPORA = [join(SHARED, 'corpus', 'clinosim-us-100'), join(SHARED, 'corpus', 'synthea-10')];

const loss = (expression: string, more: Partial<Loss> = {}): Loss => ({
  expression,
  path: expression.replace(/\[\d+\]/g, ''),
  kind: 'missing',
  class: 'content',
  reason: 'no-field',
  ...more,
});
const source = { file: 'a.ndjson', line: 1 };

/** The losses of each record as the library gives them, without a file between. */
async function lossesOf(inputs: readonly string[]) {
  const all: { source: object; losses: readonly Loss[] }[] = [];
  for await (const conversion of convertRecords(inputs))
    if (conversion.kind === 'converted' && conversion.losses.length > 0)
      all.push({ source: conversion.source, losses: conversion.losses });
  return all;
}

describe('losses.ndjson', () => {
  it('defines each distinct loss once, before the first record that has it', () => {
    const lines = lossLines();
    expect(lines(source, [loss('A.b[0].c'), loss('A.b[2].c'), loss('A.d')])).toStrictEqual([
      { loss: 0, ...loss('A.b[].c'), path: 'A.b.c' },
      { loss: 1, ...loss('A.d') },
      { source, losses: [0, [0, 2], 1] },
    ]);
    expect(lines(source, [loss('A.d'), loss('A.d', { reason: 'unresolved', remedy: 'add-record' })])).toStrictEqual([
      { loss: 2, ...loss('A.d', { reason: 'unresolved', remedy: 'add-record' }) },
      { source, losses: [1, 2] },
    ]);
  });

  it('holds a loss itself where there are too many to remember', () => {
    const lines = lossLines(1);
    lines(source, [loss('A.b')]);
    expect(lines(source, [loss('A.b'), loss('A.c[1]')])).toStrictEqual([{ source, losses: [0, loss('A.c[1]')] }]);
  });

  it.each([[[EXPORT]], ...(existsSync(SHARED) ? [[CORPORA], [[join(SHARED, 'foreign')]]] : [])])(
    'leaves nothing out: %p',
    async (inputs) => {
      const out = join(temporaryFolder(), 'out');
      await convert({ inputs, out });
      const expected = await lossesOf(inputs);
      expect(expected.length).toBeGreaterThan(30);
      expect(lossesIn(out)).toStrictEqual(expected);
    },
  );

  unless(existsSync(SHARED) ? false : 'the corpora are not there')(
    'is at most a fifth of the losses themselves, of an export',
    async () => {
      for (const corpus of CORPORA) {
        const out = join(temporaryFolder(), 'out');
        await convert({ inputs: [corpus], out });
        const whole = (await lossesOf([corpus])).map((line) => `${JSON.stringify(line)}\n`).join('');
        expect(5 * readFileSync(join(out, 'losses.ndjson')).length).toBeLessThan(whole.length);
      }
    },
  );
});

const hasJq = spawnSync('jq', ['--version']).status === 0;

/** The questions that docs/files.md answers, each with the command below it. */
function questions(): string[] {
  const [, section = ''] =
    /\n## losses\.ndjson\n(.*?)\n## /s.exec(readFileSync(join('docs', 'files.md'), 'utf8')) ?? [];
  return [...section.matchAll(/^jq .*$/gm)].map(([command]) => command);
}

describe('the questions of docs/files.md', () => {
  const ask = (command: string, folder: string): string[] =>
    execFileSync('sh', ['-c', command], { cwd: folder, encoding: 'utf8' }).trim().split('\n');

  unless(hasJq ? false : 'jq is not installed')('are answered by jq, each in a line', async () => {
    const folder = temporaryFolder();
    await convert({ inputs: [EXPORT], out: join(folder, 'out') });
    const all = lossesIn(join(folder, 'out'));
    const [where, reasons, one, ...others] = questions();
    ensure(where !== undefined && reasons !== undefined && one !== undefined && others.length === 0, 'three questions');

    const lost = all.filter(({ losses }) =>
      losses.some(({ path }) => path === 'Encounter.diagnosis.condition.reference'),
    );
    expect(lost.length).toBeGreaterThan(1);
    expect(ask(where, folder)).toStrictEqual(lost.map(({ source: { file, line } }) => `${file}:${line}`));

    const counts = new Map<unknown, number>();
    for (const { reason } of all.flatMap(({ losses }) => losses)) counts.set(reason, (counts.get(reason) ?? 0) + 1);
    expect(JSON.parse(ask(reasons, folder).join(''))).toStrictEqual(Object.fromEntries(counts));

    const record = all.find(({ source: { id } }) => id === 'doc-7');
    ensure(record !== undefined);
    expect(ask(one, folder).map((line) => JSON.parse(line).path)).toStrictEqual(record.losses.map(({ path }) => path));
  });
});
