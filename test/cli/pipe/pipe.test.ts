import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { describe, expect, it } from '@jest/globals';
import { encounters } from '../../../src/index.js';
import { ensure, noShell, unless } from '../../support/ensure.js';
import { temporaryFolder } from '../../support/folder.js';
import { bundle, encounter, patient } from '../../support/samples.js';
import { clinikFhir, MAIN, shell } from '../run.js';

const refused = { ...encounter, id: 'e9', status: 'unknown' };

/** What the command line makes of a text on its standard input. */
async function piped(args: readonly string[], input: string | Buffer) {
  const ran = clinikFhir(args, (child) => {
    ensure(child.stdin);
    child.stdin.on('error', () => {});
    child.stdin.end(input);
  });
  const { code, stdout, stderr } = await ran;
  const lines = stdout.split('\n').slice(0, -1);
  return { code, stderr, stdout, answers: lines.map((line): unknown => JSON.parse(line)) };
}

const lined = (records: readonly unknown[]): string => records.map((one) => `${JSON.stringify(one)}\n`).join('');
const malformed = {
  ok: false,
  issues: [expect.objectContaining({ severity: 'error', id: 'json-malformed', expression: [] })],
};

describe('clinik-fhir convert -', () => {
  it('answers each line with one, in order, as the library does', async () => {
    const { code, answers, stderr } = await piped(['convert', '-'], lined([encounter, refused, patient]));
    const read = encounters.safeFromFhir(encounter);
    const not = encounters.safeFromFhir(refused);
    ensure(read.ok && !not.ok);
    const { payload, losses, issues } = read;
    expect(answers).toStrictEqual(
      JSON.parse(
        JSON.stringify([
          { ok: true, name: 'encounters', payload, losses, issues },
          { ok: false, issues: not.issues },
          { ok: false, skipped: 'other-type', issues: [] },
        ]),
      ),
    );
    expect([code, stderr]).toStrictEqual([1, '']);
  });

  it('names the options that would let a record pass', async () => {
    const { class: _, ...unclassed } = encounter;
    const { answers } = await piped(['convert', '-'], lined([unclassed]));
    expect(answers).toMatchObject([{ ok: false, issues: [{ id: 'required-missing', options: ['fill'] }] }]);
  });

  it('ends with 0 where nothing is refused', async () => {
    expect(await piped(['convert', '-'], lined([encounter, patient]))).toMatchObject({ code: 0, stderr: '' });
    expect(await piped(['convert', '-'], '')).toMatchObject({ code: 0, stdout: '' });
  });

  it('answers bad and blank lines, too, and says nothing of what is in them', async () => {
    const bad = ['', ' \t\r', '{"name":"canary"', 'MSH|^~\\&|canary', '\u0000', '"canary"', '[[{"canary":1}'];
    const { code, answers, stdout } = await piped(['convert', '-'], `${bad.join('\n')}\n${JSON.stringify(encounter)}`);
    expect(answers).toStrictEqual([
      ...bad.slice(0, 5).map(() => malformed),
      { ok: false, issues: [expect.objectContaining({ id: 'record-unknown' })] },
      malformed,
      expect.objectContaining({ ok: true }),
    ]);
    expect([code, stdout.includes('canary')]).toStrictEqual([1, false]);
  });

  it('refuses what is not UTF-8', async () => {
    const { answers } = await piped(['convert', '-'], Buffer.from([0x22, 0xff, 0x22, 0x0a]));
    expect(answers).toStrictEqual([{ ok: false, issues: [expect.objectContaining({ id: 'json-encoding' })] }]);
  });

  it('answers a Bundle with what became of each of its records', async () => {
    const several = bundle([{ resource: encounter }, { resource: refused }, { resource: patient }]);
    const { answers } = await piped(['convert', '-'], lined([several, []]));
    expect(answers).toStrictEqual([
      {
        ok: false,
        records: [
          expect.objectContaining({ entry: '0', ok: true, name: 'encounters' }),
          expect.objectContaining({ entry: '1', ok: false }),
          { entry: '2', ok: false, skipped: 'other-type', issues: [] },
        ],
      },
      { ok: false, skipped: 'no-records', issues: [] },
    ]);
  });

  it.each([
    ['a list', []],
    ['lists in a list', [[], []]],
    ['a Bundle', bundle([])],
    ['a Bundle without entries', { resourceType: 'Bundle', type: 'collection' }],
    ['a response', { data: [] }],
  ])('says of %s without a record that nothing was done', async (_, value) => {
    const { answers, code } = await piped(['convert', '-'], lined([value, encounter]));
    const nothing = { ok: false, skipped: 'no-records', issues: [] };
    expect([answers[0], code]).toStrictEqual([nothing, 0]);
    const bare = await piped(['convert', '-', '--payload-only'], lined([value]));
    expect([bare.stdout, JSON.parse(bare.stderr)]).toStrictEqual(['', { line: 1, ...nothing }]);
  });

  it('says of a list without a record that nothing was validated', async () => {
    const { answers } = await piped(['validate', '-'], lined([[], [[]]]));
    const nothing = { ok: false, skipped: 'no-records', issues: [] };
    expect(answers).toStrictEqual([nothing, nothing]);
  });

  it('knows the versions of a record in one Bundle', async () => {
    const at = (lastUpdated: string) => ({ resource: { ...encounter, meta: { lastUpdated } } });
    const { answers } = await piped(
      ['convert', '-'],
      lined([bundle([at('2025-01-01T00:00:00Z'), at('2025-01-02T00:00:00Z')])]),
    );
    expect(answers).toMatchObject([{ records: [{ skipped: 'older-version' }, { ok: true }] }]);
  });

  it('turns payloads into FHIR where --resource says what they are', async () => {
    const payload = { status: 'planned', class: 'AMB', patientId: 'p1' };
    const { answers } = await piped(['convert', '-', '--resource', 'encounters'], lined([payload]));
    expect(answers).toMatchObject([{ ok: true, name: 'Encounter', resource: { status: 'planned' } }]);
    expect((await piped(['convert', '-'], lined([payload]))).answers).toMatchObject([
      { ok: false, issues: [{ id: 'record-unknown' }] },
    ]);
  });

  it('takes the options of a reading, and an id map', async () => {
    const map = join(temporaryFolder(), 'map.csv');
    writeFileSync(map, 'reference,id\nPatient/p1,pt_1\n');
    const args = ['--id-map', map, '--residue', '--require-mapped'];
    const { answers } = await piped(['convert', '-', ...args], lined([encounter, refused]));
    expect(answers).toMatchObject([{ payload: { patientId: 'pt_1' }, residue: expect.any(Array) }, { ok: false }]);
  });

  it('gives a residue the digits of its line, which no double can tell', async () => {
    const text = JSON.stringify({ ...encounter, extension: [{ url: 'http://a.example/b', valueDecimal: 1 }] });
    const line = text.replace('"valueDecimal":1', '"valueDecimal":1.50e400');
    const args = ['convert', '-', '--residue'];
    expect((await piped(args, line)).stdout).toContain('"valueDecimal":1.50e400');
    const inBundle = `{"resourceType":"Bundle","type":"collection","entry":[{"resource":${line}}]}`;
    expect((await piped(args, inBundle)).stdout).toContain('"valueDecimal":1.50e400');
  });

  it('says with --links what records are called and point at', async () => {
    const part = { ...encounter, id: 'e2', partOf: { reference: 'Encounter/e1' } };
    const { answers } = await piped(['convert', '-', '--links'], lined([part, refused, patient]));
    expect(answers).toMatchObject([
      {
        upload: {
          names: ['Encounter/e2'],
          isKnown: false,
          links: expect.arrayContaining([{ name: 'Encounter/e1', element: 'Encounter.partOf', isOfSource: true }]),
        },
      },
      { ok: false, upload: { names: ['Encounter/e9'] } },
      { skipped: 'other-type', upload: { names: [`Patient/${patient.id}`] } },
    ]);
    expect((await piped(['convert', '-'], lined([part]))).answers).not.toMatchObject([{ upload: expect.anything() }]);
    const [pipe, files] = [
      ['-', '--payload-only'],
      ['x.ndjson', '--out', 'x'],
    ];
    expect((await piped(['convert', ...pipe, '--links'], '')).code).toBe(2);
    expect((await piped(['convert', ...files, '--links'], '')).stderr).toContain('--links is for lines');
  });

  it('writes payloads alone with --payload-only, and says on standard error what it refused', async () => {
    const input = lined([encounter, refused, encounter]);
    const { code, answers, stderr } = await piped(['convert', '-', '--payload-only'], input);
    const { payload } = encounters.safeFromFhir(encounter) as { payload: unknown };
    expect([code, answers]).toStrictEqual([1, [payload, payload]]);
    expect(JSON.parse(stderr)).toMatchObject({ line: 2, ok: false, issues: [{ id: 'status-unsupported' }] });
    expect(stderr).not.toMatch(/e9|p1/);
  });

  it('writes that to a file with --rejects, behind what is there', async () => {
    const rejects = join(temporaryFolder(), 'rejects.ndjson');
    const args = ['convert', '-', '--payload-only', '--rejects', rejects];
    for (const _ of [1, 2]) expect((await piped(args, lined([refused]))).stderr).toBe('');
    expect(readFileSync(rejects, 'utf8').match(/"line":1/g)).toHaveLength(2);
  });

  it('says before the first line that rejects cannot be written', async () => {
    const rejects = join(temporaryFolder(), 'none', 'rejects.ndjson');
    const args = ['convert', '-', '--payload-only', '--rejects', rejects];
    const ran = await piped(args, lined([encounter]));
    expect(ran).toMatchObject({ code: 2, stdout: '', stderr: expect.stringContaining('cannot be written to') });
  });

  it('reads lines with any end, with none, and behind a byte order mark', async () => {
    const [text, payload] = [JSON.stringify(encounter), '{"status":"planned","class":"AMB","patientId":"p1"}'];
    const input = (line: string) => `\uFEFF${line}\r\n${line}\n\uFEFF${line}\n${line}\0\n${line}`;
    const fates = [true, true, false, false, true];
    const of = async (line: string, ...args: string[]) =>
      (await piped(args, input(line))).answers.map((answer) => (answer as { ok: boolean }).ok);
    expect(await of(text, 'convert', '-')).toStrictEqual(fates);
    expect(await of(text, 'validate', '-')).toStrictEqual(fates);
    expect(await of(payload, 'convert', '-', '--resource', 'encounters')).toStrictEqual(fates);
  });

  unless(noShell)('ends quietly where nobody reads what it refuses', async () => {
    const folder = temporaryFolder();
    const run = `"${process.execPath}" "${MAIN}" convert - --payload-only`;
    const command = `yes '${JSON.stringify(refused)}' | { ${run}; echo $? >code; } 2>&1 >payloads | head -c 1`;
    const { stdout, stderr } = await shell(command, folder, {});
    expect([stdout, stderr, readFileSync(join(folder, 'code'), 'utf8')]).toStrictEqual(['{', '', '141\n']);
  });

  unless(noShell)('does not take a folder for no lines', async () => {
    for (const verb of ['convert', 'validate']) {
      const command = `"${process.execPath}" "${MAIN}" ${verb} - < . || echo $? >code`;
      const folder = temporaryFolder();
      const { stdout, stderr } = await shell(command, folder, {});
      expect([stdout, stderr]).toStrictEqual(['', expect.stringContaining('Standard input is a folder')]);
      expect(readFileSync(join(folder, 'code'), 'utf8')).toBe('2\n');
    }
  });

  it('answers a line before there is another one', async () => {
    const child = spawn(process.execPath, [MAIN, 'convert', '-']);
    const answers = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
    for (const record of [encounter, refused, encounter]) {
      child.stdin.write(`${JSON.stringify(record)}\n`);
      const { value } = await answers.next();
      expect(JSON.parse(String(value))).toMatchObject({ ok: record === encounter });
    }
    child.stdin.end();
    expect(await once(child, 'close')).toStrictEqual([1, null]);
  });

  it('keeps the order of many lines, one of a hundred damaged', async () => {
    const lines = Array.from({ length: 20_000 }, (_, index) =>
      index % 100 === 7
        ? '{"resourceType":'
        : JSON.stringify({ ...encounter, subject: { reference: `Patient/p${index}` } }),
    );
    const { answers } = await piped(['convert', '-'], `${lines.join('\n')}\n`);
    expect(answers).toHaveLength(lines.length);
    for (const [index, answer] of answers.entries())
      expect(answer).toMatchObject(index % 100 === 7 ? malformed : { ok: true, payload: { patientId: `p${index}` } });
  });

  unless(noShell)('ends quietly where nobody reads any more', async () => {
    const record = JSON.stringify(encounter);
    const command = `( yes '${record}' | { "${process.execPath}" "${MAIN}" convert -; echo $? >code; } ) | head -1`;
    const folder = temporaryFolder();
    const { stdout, stderr } = await shell(command, folder, {});
    expect([stdout.split('\n'), stderr]).toStrictEqual([[expect.stringMatching(/^\{"ok":true/), ''], '']);
    expect(readFileSync(join(folder, 'code'), 'utf8')).toBe('141\n');
  });

  it.each([
    ['an input besides', ['convert', '-', 'x'], /stands alone/],
    ['a folder to write to', ['convert', '-', '--out', 'x'], /--out does not go with -/],
    ['a plan', ['convert', '-', '--plan'], /--plan does not go with -/],
    ['bodies', ['convert', '-', '--format', 'bulk-import'], /lays out files/],
    ['rejects of what leaves none out', ['convert', '-', '--rejects', 'x'], /--payload-only/],
    ['a file, and payloads alone', ['convert', 'x', '--out', 'y', '--payload-only'], /convert -/],
    ['standard output for a folder', ['convert', 'x', '--out', '-'], /clinik-fhir convert - < FILE/],
    ['a report of findings', ['validate', '-', '--format', 'json'], /--format does not go with -/],
  ])('ends with 2 for %s', async (_, args, message) => {
    const { code, stdout, stderr } = await piped(args, lined([encounter]));
    expect([code, stdout, stderr]).toStrictEqual([2, '', expect.stringMatching(message)]);
  });
});

describe('clinik-fhir validate -', () => {
  const wrong = { ...encounter, status: 'canary' };

  it('answers each line with what is wrong with it', async () => {
    const { code, answers, stdout } = await piped(
      ['validate', '-'],
      `${lined([encounter, wrong])}\n${lined([bundle([{}])])}`,
    );
    expect(answers).toMatchObject([{ ok: true, issues: [] }, { ok: false }, malformed, { ok: false }]);
    expect(answers[1]).toMatchObject({ issues: [{ expression: ['Encounter.status'] }] });
    expect([code, stdout.includes('canary')]).toStrictEqual([1, false]);
  });

  it('takes rules, what they ignore and how mild a failure may be', async () => {
    const folder = temporaryFolder();
    const rules = join(folder, 'rules.json');
    writeFileSync(
      rules,
      JSON.stringify([
        {
          id: 'has-type',
          context: 'Encounter',
          expression: 'type.exists()',
          severity: 'warning',
          message: 'It has a type.',
        },
      ]),
    );
    const of = async (...more: string[]) =>
      (await piped(['validate', '-', '--rules', rules, ...more], lined([encounter]))).answers;
    expect(await of()).toMatchObject([{ ok: true, issues: [{ id: 'has-type' }] }]);
    expect(await of('--fail-on', 'warning')).toMatchObject([{ ok: false, issues: [{ id: 'has-type' }] }]);
    expect(await of('--fail-on', 'warning', '--ignore', 'has-type')).toStrictEqual([{ ok: true, issues: [] }]);
  });
});
