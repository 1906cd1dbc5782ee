import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { isObject } from '../../src/lens/json.js';
import { contents, fill, temporaryFolder } from '../support/folder.js';
import { encounter } from '../support/samples.js';
import { clinikFhir, clinikFhirIn, shell } from './run.js';
import { broken, fine, scratch } from './scratch.js';

/** What a terminal would obey. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: that is what it is about.
const OBEYED = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e]/;
const EVIL = 'a\u001b[2Jb\nc\u202e\u009b';

const FORMATS = ['text', 'compact', 'json', 'ndjson', 'operation-outcome', 'sarif', 'junit', 'github'];

describe('the names of files', () => {
  it.each(FORMATS)('never reach the terminal raw: validate --format %s', async (format) => {
    const { folder, validate } = scratch({ [`in/${EVIL}.json`]: broken, [`in/${EVIL}.txt`]: '' });
    execFileSync('mkfifo', [join(folder, 'in', `${EVIL}.ndjson`)]);
    const { stdout, stderr } = await validate(['in', '--format', format]);
    expect(stdout).not.toMatch(OBEYED);
    expect(stderr).not.toMatch(OBEYED);
    expect(stdout).toContain('per-1');
    expect(stderr).toContain('a\\u001b[2Jb\\nc\\u202e\\u009b.ndjson: it is a pipe');
  });

  it('never reach it from convert, nor from errors', async () => {
    const folder = fill(temporaryFolder(), { [`${EVIL}/a.ndjson`]: [encounter, 'x'], [`${EVIL}/b.jsonl`]: '' });
    const input = join(folder, EVIL);
    const runs = [
      ['convert', input, '--out', join(folder, `out${EVIL}`)],
      ['convert', input, '--plan'],
      ['convert', input, '--out', input],
      ['convert', `${input}x`, '--out', join(folder, 'out')],
      ['validate', `${input}x`],
      ['validate', '--config', `${input}x`],
      ['validate', `--${EVIL}`],
    ];
    for (const args of runs) {
      const { stdout, stderr } = await clinikFhir(args);
      expect([args, OBEYED.test(stdout), OBEYED.test(stderr)]).toStrictEqual([args, false, false]);
      // A plan names no file.
      if (!args.includes('--plan')) expect(stdout + stderr).toContain('\\u001b[2J');
    }
  });
});

describe('what is no file', () => {
  it('is left out of a folder and of a glob, and that is said', async () => {
    const folder = fill(temporaryFolder(), { 'in/a.ndjson': [encounter] });
    execFileSync('mkfifo', [join(folder, 'in', 'p.ndjson')]);
    symlinkSync('/dev/zero', join(folder, 'in', 'z.json'));
    const { code, stdout } = await clinikFhirIn(folder, ['convert', 'in', '--out', 'out']);
    expect(code).toBe(0);
    expect(stdout).toContain('in/p.ndjson: it is a pipe, which is read only where it is named itself.');
    expect(stdout).toContain('in/z.json: it is a device, which is read only where it is named itself.');
    const { files } = JSON.parse(readFileSync(join(folder, 'out', 'summary.json'), 'utf8'));
    expect(files.leftOut).toStrictEqual([
      { file: 'in/p.ndjson', kind: 'pipe' },
      { file: 'in/z.json', kind: 'device' },
    ]);
    const { code: ofGlob, stderr } = await clinikFhirIn(folder, ['validate', 'in/*']);
    expect(ofGlob).toBe(0);
    expect(stderr).toContain('in/z.json: it is a device');
  });

  it('is read where it is named itself', async () => {
    const folder = fill(temporaryFolder(), { 'a.ndjson': [fine, fine] });
    const main = join(process.cwd(), 'dist', 'cli', 'main.js');
    const commands = `mkfifo p; cat a.ndjson > p & ${process.execPath} ${main} validate p`;
    const { code, stdout } = await shell(commands, folder, {});
    expect([code, stdout]).toStrictEqual([0, expect.stringMatching(/^No errors in 2 records of 1 file\.\n/)]);
  });
});

describe('a folder without an input', () => {
  it.each([
    ['Encounter.xml', 'FHIR in JSON, under another name (.xml)'],
    ['Encounter', 'FHIR in JSON, under another name'],
  ])('is not converted with success: %s', async (name, format) => {
    const folder = fill(temporaryFolder(), { [`in/${name}`]: JSON.stringify(encounter) });
    const { code, stderr } = await clinikFhirIn(folder, ['convert', 'in', '--out', 'out']);
    expect(code).toBe(2);
    expect(stderr).toContain(`clinik-fhir: in: there is no file to convert.\n1 file was skipped as ${format}; `);
  });

  it('is told of the files that were skipped beside others', async () => {
    const folder = fill(temporaryFolder(), { 'in/a.ndjson': [encounter], 'in/b.log': 'x', 'in/c.log': 'y' });
    const { code, stdout } = await clinikFhirIn(folder, ['convert', 'in', '--out', 'out']);
    expect([code, stdout]).toStrictEqual([0, expect.stringContaining('2 files were skipped,')]);
    expect(stdout.replaceAll(/\s+/g, ' ')).toContain(': 2 .log.');
  });
});

describe('rules of the caller’s own', () => {
  const rule = {
    id: 'slow-1',
    context: 'Patient',
    severity: 'error',
    expression: "name.family.all(matches('^(a+)+$'))",
    message: 'A name is made of a.',
  };
  const slow = { ...fine, name: [{ family: `${'a'.repeat(80)}!` }] };

  it.each([
    ['a line', 'a.ndjson', [fine, slow], 'a.ndjson:2:'],
    ['a document', 'a.json', JSON.stringify([fine, fine, slow], null, 2), 'a.json:1, entry 2:'],
  ])('have a time limit, which ends the run and names the record and the rule: %s', async (_, file, text, place) => {
    const { validate, files } = scratch({ [file]: text, 'rules.json': { rules: [rule] } });
    const run = ['--rules', 'rules.json', '--rule-time-limit', '1', '--format', 'json', '--output', 'out.json'];
    const { code, stderr } = await validate([file, ...run]);
    expect([code, stderr]).toStrictEqual([
      2,
      `clinik-fhir: ${place} the rule slow-1 took more than 1 second there, and the run was given up; fix the rule, or allow more with --rule-time-limit.\n`,
    ]);
    expect(files()).not.toContain('out.json');
  });

  it('find in a thread what they find without', async () => {
    const { validate } = scratch({
      'a.json': JSON.stringify([fine, { ...fine, name: [{ family: 'b' }] }], null, 2),
      'rules.json': { rules: [rule] },
    });
    const { code, stdout } = await validate(['a.json', '--rules', 'rules.json']);
    expect([code, stdout]).toStrictEqual([1, expect.stringContaining('error  slow-1')]);
  });
});

describe('a config that was found', () => {
  it.each([
    ['an output above', { formats: [{ format: 'json', output: '../o.json' }] }],
    ['an absolute output', { formats: [{ format: 'json', output: '/o.json' }] }],
    ['a baseline above', { baseline: '../../b.json' }],
    ['an output behind a link', { formats: [{ format: 'json', output: 'link/o.json' }] }],
  ])('writes nothing outside of its folder: %s', async (_, config) => {
    const { folder, validate } = scratch({ 'p/clinik-fhir.config.json': config, 'p/a/x.json': fine, 'b.json': '' });
    mkdirSync(join(folder, 'elsewhere'));
    symlinkSync(join(folder, 'elsewhere'), join(folder, 'p', 'link'));
    const { code, stderr } = await validate(['x.json'], 'p/a');
    expect([code, stderr]).toStrictEqual([2, expect.stringContaining('is outside of the folder of this config file')]);
    expect(contents(join(folder, 'elsewhere'))).toStrictEqual({});
  });

  it('may where it is named', async () => {
    const config = { formats: [{ format: 'json', output: '../o.json' }] };
    const { files, validate } = scratch({ 'p/clinik-fhir.config.json': config, 'p/x.json': fine });
    const { code } = await validate(['x.json', '--config', 'clinik-fhir.config.json'], 'p');
    expect([code, files().includes('o.json')]).toStrictEqual([0, true]);
  });
});

describe('a document of many tiny records', () => {
  const many = 20_000;

  it.each([
    ['a list of empty objects', `[${Array(many).fill('{}').join()}]`, 'rejects.ndjson'],
    ['a list of numbers', `[${Array(many).fill('1').join()}]`, 'rejects.ndjson'],
    [
      'a Bundle of empty entries',
      `{"resourceType":"Bundle","entry":[${Array(many).fill('{}').join()}]}`,
      'sources.ndjson',
    ],
  ])('makes reports of no more than a few times its size, in which each is counted: %s', async (_, text, report) => {
    const folder = fill(temporaryFolder(), { 'a.json': text });
    await clinikFhirIn(folder, ['convert', 'a.json', '--out', 'out', '--quiet']);
    const written = contents(join(folder, 'out'))[report] ?? '';
    expect(written.length).toBeLessThan(300_000 + 8 * text.length);
    const counts = written
      .trim()
      .split('\n')
      .map((line): number => {
        const { alike }: { alike?: { count: number } } = JSON.parse(line);
        return alike?.count ?? 1;
      });
    expect(counts.reduce((sum, count) => sum + count, 0)).toBe(many);
    const { records } = JSON.parse(readFileSync(join(folder, 'out', 'summary.json'), 'utf8'));
    expect(records.in.total).toBe(many);
  });

  it('is validated with a finding for all that are alike', async () => {
    const folder = fill(temporaryFolder(), { 'a.json': `[${Array(many).fill('{}').join()}]` });
    const { stdout } = await clinikFhirIn(folder, ['validate', 'a.json', '--format', 'json']);
    const { findings, summary } = JSON.parse(stdout);
    expect([findings.length, summary.records]).toStrictEqual([1001, many]);
    const last: unknown = findings.at(-1);
    expect(isObject(last) && last.message).toContain(
      'This is said for 19,000 entries of one document, up to this one.',
    );
  });
});

describe('a signal', () => {
  it('ends a run while one large document is read', async () => {
    const folder = temporaryFolder();
    const entry = `{"resource":\n${JSON.stringify(encounter, null, 1)}}`;
    writeFileSync(
      join(folder, 'a.json'),
      `{"resourceType":"Bundle","entry":[\n${Array(60_000).fill(entry).join(',\n')}]}`,
    );
    const { code, stderr } = await clinikFhirIn(folder, ['convert', 'a.json', '--out', 'out', '--quiet'], (child) => {
      setTimeout(() => child.kill('SIGTERM'), 1500);
    });
    expect([code, stderr]).toStrictEqual([143, 'clinik-fhir: interrupted; no file was written.\n']);
  });
});
