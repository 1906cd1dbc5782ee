import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { noShell, unless } from '../support/ensure.js';
import { fill, temporaryFolder, tree } from '../support/folder.js';
import { encounter } from '../support/samples.js';
import { clinikFhir, clinikFhirIn, MAIN, shell } from './run.js';
import { broken, scratch } from './scratch.js';

const MANIFEST = 'clinik-fhir.run.json';
const many = { 'in/Encounter.ndjson': new Array(30_000).fill(encounter) };
const few = { 'in/Encounter.ndjson': [encounter] };

const noMounts =
  noShell ||
  (spawnSync('unshare', ['-rm', 'sh', '-c', 'mount -t tmpfs none /tmp']).status === 0
    ? false
    : 'this system lets nobody mount a file system of his own');
const noFullDevice = existsSync('/dev/full') ? false : 'this system has no /dev/full';

const SIGNALS = [
  ['SIGHUP', 129],
  ['SIGINT', 130],
  ['SIGTERM', 143],
] as const;

describe('convert', () => {
  it.each(SIGNALS)('ends after %s with %i, and the folder is as it was', async (signal, expected) => {
    const folder = fill(temporaryFolder(), many);
    const out = join(folder, 'out');
    const { code, stdout, stderr } = await clinikFhir(['convert', join(folder, 'in'), '--out', out], (child) => {
      const poll = setInterval(() => {
        if (!existsSync(join(out, '.clinik-fhir'))) return;
        clearInterval(poll);
        child.kill(signal);
      }, 2);
    });
    expect([code, stdout, stderr]).toStrictEqual([expected, '', 'clinik-fhir: interrupted; no file was written.\n']);
    expect(readdirSync(out)).toStrictEqual([]);
  });

  it('writes all that it should where nobody listens on standard error', async () => {
    const folder = fill(temporaryFolder(), { ...few, 'in/b.ndjson': [{ ...encounter, id: 'e2' }], 'in/c.ndjson': [] });
    const out = join(folder, 'out');
    const { code, stdout } = await clinikFhir(['convert', join(folder, 'in'), '--out', out], ({ stderr }) =>
      stderr?.destroy(),
    );
    expect(code).toBe(0);
    expect(stdout).toMatch(/^clinik-fhir \S+ · 2 records · 3 files · /);
    expect(stdout).toMatch(/^Encounter +2 +2 +0 +0$/m);
    expect(readdirSync(out)).toContain(MANIFEST);
  });

  it('ends with 2 where nobody reads what it prints, and the folder is as it was', async () => {
    const folder = fill(temporaryFolder(), few);
    const args = ['convert', join(folder, 'in'), '--out', join(folder, 'out')];
    const unread = (more: readonly string[]) => clinikFhir([...args, ...more], ({ stdout }) => stdout?.destroy());
    const { code, stderr } = await unread([]);
    expect(code).toBe(2);
    expect(stderr).toMatch(/clinik-fhir: standard output: nobody reads it any more; the run was given up\.\n$/);
    expect(readdirSync(join(folder, 'out'))).toStrictEqual([]);
    expect((await unread(['--quiet'])).code).toBe(0);
    const before = tree(join(folder, 'out'));
    expect((await unread(['--force', '--split-waves'])).code).toBe(2);
    expect(tree(join(folder, 'out'))).toStrictEqual(before);
    expect((await unread(['--plan'])).code).toBe(2);
  });

  unless(noShell)('never ends with 0 and nothing done, wherever its streams lead', async () => {
    const folder = fill(temporaryFolder(), few);
    const command = `'${process.execPath}' '${MAIN}' convert in --out`;
    for (const [index, streams] of [
      '2>&1 | head -1',
      '2>&1 | true',
      '| true',
      '2>&1 >/dev/null | true',
      '>&- 2>&-',
    ].entries()) {
      const out = `out-${index}`;
      await shell(`(${command} ${out}; echo $? >${out}.code) ${streams}`, folder, {});
      const code = tree(folder)[`${out}.code`];
      const written = readdirSync(join(folder, out)).includes(MANIFEST);
      expect(['0\n', '2\n']).toContain(code);
      expect([streams, written]).toStrictEqual([streams, code === '0\n']);
      if (!written) expect(readdirSync(join(folder, out))).toStrictEqual([]);
    }
  });

  unless(noFullDevice)('ends with 2 where what it prints has no place, and the folder is as it was', async () => {
    const folder = fill(temporaryFolder(), few);
    const command = `'${process.execPath}' '${MAIN}' convert in --out out >/dev/full`;
    const { code, stderr } = await shell(command, folder, {});
    expect(code).toBe(2);
    expect(stderr).toMatch(/standard output: no space left on the device; the run was given up\.\n$/);
    expect(readdirSync(join(folder, 'out'))).toStrictEqual([]);
  });

  unless(noMounts)('writes into a mount point, and ends with 2 where the device there is full', async () => {
    const command = `'${process.execPath}' '${MAIN}' convert --quiet --out out`;
    const folder = fill(temporaryFolder(), {
      ...few,
      'many/Encounter.ndjson': new Array(5000).fill(encounter),
      'out/below': '',
      script: `mount -t tmpfs -o size=400k none out && touch out/mine || exit 9
        ${command} many; echo $?; ls -A out; ${command} in; echo $?; ls -A out; ${command} many --force; echo $?; ls -A out`,
    });
    const { stdout, stderr } = await shell('unshare -rm sh script', folder, {});
    const whole = [
      'clinik-fhir.run.json',
      'encounters.ndjson',
      'losses.ndjson',
      'mine',
      'sources.ndjson',
      'summary.json',
    ];
    expect(stdout.trim().split('\n')).toStrictEqual(['2', 'mine', '0', ...whole, '2', ...whole]);
    expect(stderr).toMatch(/^(clinik-fhir: out\/\S+: no space left on the device; the run was given up\.\n){2}$/);
  });

  it('refuses one of two runs that write to the same folder', async () => {
    const folder = fill(temporaryFolder(), many);
    for (const more of [[], ['--force']]) {
      const args = ['convert', join(folder, 'in'), '--out', join(folder, 'out'), '--quiet', ...more];
      let second: ReturnType<typeof clinikFhir> | undefined;
      const first = await clinikFhir(args, () => {
        second = clinikFhir(args);
      });
      const both = [first, await second].sort((a, b) => (a?.code ?? 0) - (b?.code ?? 0));
      expect(both.map((one) => one?.code)).toStrictEqual([0, 2]);
      expect(both[1]?.stderr).toMatch(/out: another run is writing to it \(process \d+\)|--force/);
      expect(readdirSync(join(folder, 'out')).filter((name) => name.startsWith('.'))).toStrictEqual([]);
    }
  });

  it('writes into the folder that it is run in, beside what is there', async () => {
    const folder = fill(temporaryFolder(), { ...few, 'here/notes.txt': 'mine', 'here/ids.csv': 'Patient/p1,pt_1\n' });
    const here = join(folder, 'here');
    for (const more of [[], ['--force']]) {
      const { code } = await clinikFhirIn(here, ['convert', '../in', '--out', '.', '--id-map', 'ids.csv', ...more]);
      expect(code).toBe(0);
      expect(tree(here)).toMatchObject({ 'notes.txt': 'mine', 'ids.csv': 'Patient/p1,pt_1\n' });
      expect(readdirSync(here)).toContain('encounters.ndjson');
    }
  });

  it('does not write over its input through a link, nor elsewhere through one', async () => {
    const folder = fill(temporaryFolder(), { ...few, 'elsewhere/mine': 'mine', 'out/mine': 'mine' });
    symlinkSync('in', join(folder, 'link'));
    symlinkSync(join(folder, 'elsewhere'), join(folder, 'out', 'rejected'));
    const before = tree(folder);
    for (const [args, says] of [
      [['in', '--out', 'link'], /in: it is in the output folder; write to another one/],
      [['in/Encounter.ndjson', '--out', 'link', '--force'], /in the output folder/],
      [['link', '--out', 'in'], /in the output folder/],
      [['in', '--out', 'out'], /out\/rejected: it is a link/],
      [['in', '--out', 'out', '--force'], /out\/rejected: it is a link/],
    ] as const) {
      const { code, stderr } = await clinikFhirIn(folder, ['convert', ...args]);
      expect(code).toBe(2);
      expect(stderr).toMatch(says);
      expect(tree(folder)).toStrictEqual(before);
    }
  });
});

describe('validate', () => {
  const records = { 'a.ndjson': new Array(30_000).fill(broken) };
  const outputs = ['--format', 'json', '--output', 'x.json', '--write-baseline', 'b.json'];

  it.each(SIGNALS)('ends after %s with %i, and leaves no file behind', async (signal, expected) => {
    const { folder, files } = scratch(records);
    const { code, stderr } = await clinikFhirIn(folder, ['validate', 'a.ndjson', ...outputs], (child) => {
      const poll = setInterval(() => {
        if (files().length < 3) return;
        clearInterval(poll);
        child.kill(signal);
      }, 2);
    });
    expect([code, stderr]).toStrictEqual([expected, 'clinik-fhir: interrupted; no file was written.\n']);
    expect(files()).toStrictEqual(['a.ndjson']);
  });

  it('is swept by the next one where it was killed', async () => {
    const { folder, files, validate } = scratch({ ...records, 'b.json': broken });
    await clinikFhirIn(folder, ['validate', 'a.ndjson', ...outputs], (child) => {
      const poll = setInterval(() => {
        if (files().length < 4) return;
        clearInterval(poll);
        child.kill('SIGKILL');
      }, 2);
    });
    const hidden = files().filter((file) => file.startsWith('.'));
    expect(hidden).toHaveLength(2);
    fill(folder, { '.x.json.mine.tmp': 'mine' });
    expect((await validate(['b.json', '--format', 'json', '--output', 'x.json'])).code).toBe(1);
    expect(files().filter((file) => file.startsWith('.x'))).toStrictEqual(['.x.json.mine.tmp']);
    expect(files()).toContain('x.json');
  });

  it('ends as it would where nobody listens on standard error', async () => {
    const { folder } = scratch({ 'a.json': broken });
    const args = ['validate', 'a.json', '--write-baseline', 'b.json'];
    expect((await clinikFhirIn(folder, args, ({ stderr }) => stderr?.destroy())).code).toBe(0);
    expect(readdirSync(folder)).toContain('b.json');
  });

  it('ends with 2 where nobody reads what it prints, however little that is', async () => {
    const { folder, files } = scratch({ 'a.json': broken });
    const args = ['validate', 'a.json', '--format', 'text', ...outputs];
    expect((await clinikFhirIn(folder, args, ({ stdout }) => stdout?.destroy())).code).toBe(2);
    expect(files()).toStrictEqual(['a.json']);
  });

  unless(noShell)('writes to no link, and not over an input that a link leads to', async () => {
    const { folder, validate } = scratch({ 'in/a.json': broken, 'else/mine': 'mine' });
    symlinkSync(join(folder, 'else', 'mine'), join(folder, 'x.json'));
    symlinkSync(join(folder, 'none'), join(folder, 'y.json'));
    symlinkSync('in', join(folder, 'link'));
    const before = tree(folder);
    for (const [args, says] of [
      [['--format', 'json', '--output', 'x.json'], /x\.json: it is a link; name the file that it leads to/],
      [['--write-baseline', 'y.json'], /y\.json: it is a link/],
      [['--format', 'json', '--output', 'link/a.json'], /in\/a\.json: it is an input; write to another file/],
      [['--write-baseline', 'link/../in/a.json'], /it is an input/],
      [['--write-baseline', 'b.json', '--format', 'json', '--output', 'else'], /else: it cannot be written to/],
    ] as const) {
      const { code, stderr } = await validate(['in/a.json', ...args]);
      expect(code).toBe(2);
      expect(stderr).toMatch(says);
      expect(tree(folder)).toStrictEqual(before);
    }
  });
});

describe('what only prints', () => {
  it.each(['fields', 'explain', '--help', 'validate --print-config'])(
    'ends with 2 where nobody reads it: %s',
    async (command) => {
      expect((await clinikFhir(command.split(' '), ({ stdout }) => stdout?.destroy())).code).toBe(2);
    },
  );
});
