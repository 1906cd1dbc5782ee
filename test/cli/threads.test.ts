import { cpSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { unless } from '../support/ensure.js';
import { fill, temporaryFolder } from '../support/folder.js';
import { encounter } from '../support/samples.js';
import { clinikFhirIn, MAIN, shell } from './run.js';

/** A folder with the invented export, some of whose records are refused. */
function set(): string {
  const folder = temporaryFolder();
  cpSync(join('fixtures', 'ehr-export'), join(folder, 'in'), { recursive: true });
  return folder;
}

/** All that a run wrote, but for what says how long it took. */
function written(folder: string): { [file: string]: string } {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const paths = files.map(({ parentPath, name }) => join(parentPath, name)).sort();
  return Object.fromEntries(
    paths.map((path) => [
      path.slice(folder.length),
      readFileSync(path, 'utf8')
        .replace(/"milliseconds": \d+/, '')
        .replace(/\{\s*"file": ?"summary.json"[^}]*\}/, ''),
    ]),
  );
}

describe('--threads', () => {
  it('changes nothing of what a conversion writes', async () => {
    const folder = set();
    for (const threads of ['1', '2', '4']) {
      const ran = await clinikFhirIn(folder, ['convert', 'in', '--out', threads, '--threads', threads, '--residue']);
      expect([ran.code, ran.stderr]).toStrictEqual([1, '']);
    }
    const alone = written(join(folder, '1'));
    expect(alone['/encounters.ndjson']).toMatch(/\n/);
    expect(written(join(folder, '2'))).toStrictEqual(alone);
    expect(written(join(folder, '4'))).toStrictEqual(alone);
  });

  it('changes nothing of what a validation says', async () => {
    const folder = set();
    const [alone, ...shared] = await Promise.all(
      ['1', '2', '4'].map((threads) =>
        clinikFhirIn(folder, ['validate', 'in', '--threads', threads, '--format', 'compact']),
      ),
    );
    expect(alone?.code).toBe(1);
    expect(alone?.stdout).toMatch(/\n/);
    for (const ran of shared) expect(ran).toStrictEqual(alone);
  });

  unless(process.platform === 'win32' ? 'Windows has no pipes with names' : false)(
    'goes with an id map that can be read once',
    async () => {
      const folder = fill(temporaryFolder(), {
        'in/a.ndjson': Array.from({ length: 20 }, () => encounter),
        'ids.csv': 'Patient/p1,pt_77\n',
      });
      const ran = await shell(
        'mkfifo map; cat ids.csv > map & "$NODE" "$MAIN" convert in --out piped --id-map map --threads 2 --quiet',
        folder,
        { NODE: process.execPath, MAIN },
      );
      const alone = await clinikFhirIn(folder, ['convert', 'in', '--out', 'file', '--id-map', 'ids.csv', '--quiet']);
      expect(ran).toStrictEqual(alone);
      expect(written(join(folder, 'piped'))['/encounters.ndjson']).toBe(
        written(join(folder, 'file'))['/encounters.ndjson'],
      );
    },
  );

  it('takes a whole number, and is for files', async () => {
    const folder = set();
    for (const command of [['convert', '--out', 'out'], ['validate']])
      for (const threads of ['0', '1.5', '65', 'two', '-1']) {
        const ran = await clinikFhirIn(folder, [...command, 'in', '--threads', threads]);
        expect(ran.code).toBe(2);
        expect(ran.stderr).toMatch(/It takes a whole number from 1 to 64/);
      }
    for (const command of ['convert', 'validate']) {
      const ran = await clinikFhirIn(folder, [command, '-', '--threads', '2']);
      expect(ran.code).toBe(2);
      expect(ran.stderr).toMatch(/--threads does not go with -/);
    }
  });
});
