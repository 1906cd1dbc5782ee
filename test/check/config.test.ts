import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { Ajv } from 'ajv';
import fc from 'fast-check';
import { findConfig } from '../../src/check/config.js';
import { CONFIG_SCHEMA } from '../../src/check/configSchema.js';
import { DEFAULTS, mergeConfig, printConfig } from '../../src/check/mergeConfig.js';
import { readConfig } from '../../src/check/readConfig.js';
import { schemaFault } from '../../src/check/schemaFault.js';
import type { Config } from '../../src/check/settings.js';
import { UsageError } from '../../src/read/usageError.js';
import { ensure, thrown } from '../support/ensure.js';
import { fill, temporaryFolder } from '../support/folder.js';
import { runs } from '../support/runs.js';

const rule = { id: 'named', context: 'Patient', severity: 'error', expression: 'name.exists()', message: 'A name.' };
const full = {
  $schema: './node_modules/clinik-fhir/dist/schemas/config.json',
  formats: [{ format: 'text' }, { format: 'sarif', output: 'out/findings.sarif' }],
  failOn: 'warning',
  rules: 'rules.json',
  bestPractice: true,
  maxIssues: 10,
  quiet: true,
  baseline: 'baseline.json',
  ignore: [{ rule: 'per-*', path: 'Patient.name', reason: 'an old export' }],
};

describe('a config file', () => {
  it('is read', () => {
    expect(readConfig(JSON.stringify(full), 'c.json')).toStrictEqual(full);
    expect(readConfig(`\uFEFF{"rules":[${JSON.stringify(rule)}]}`, 'c.json')).toStrictEqual({ rules: [rule] });
    expect(readConfig('{}', 'c.json')).toStrictEqual({});
  });

  it('is refused with the place, the key and what to do', () => {
    const refused: readonly [string, string][] = [
      [
        '{\n  "formts": []\n}',
        'c.json:2:3: /formts: there is no such key here; did you mean "formats"? There are: $schema, formats, failOn, rules, bestPractice, maxIssues, maxDiagnostics, statistics, quiet, baseline, ignore, ig, profile, terminology, mustSupport, requireComplete, include, exclude.',
      ],
      [
        '{"qwertz": 1}',
        'c.json:1:2: /qwertz: there is no such key here. There are: $schema, formats, failOn, rules, bestPractice, maxIssues, maxDiagnostics, statistics, quiet, baseline, ignore, ig, profile, terminology, mustSupport, requireComplete, include, exclude.',
      ],
      [
        '{"__proto__": 1}',
        'c.json:1:2: /__proto__: there is no such key here. There are: $schema, formats, failOn, rules, bestPractice, maxIssues, maxDiagnostics, statistics, quiet, baseline, ignore, ig, profile, terminology, mustSupport, requireComplete, include, exclude.',
      ],
      [
        '{"a/b~": 1}',
        'c.json:1:2: /a~1b~0: there is no such key here. There are: $schema, formats, failOn, rules, bestPractice, maxIssues, maxDiagnostics, statistics, quiet, baseline, ignore, ig, profile, terminology, mustSupport, requireComplete, include, exclude.',
      ],
      ['{"quiet": "yes"}', 'c.json:1:2: /quiet: true or false is expected here.'],
      ['{"maxIssues": 0}', 'c.json:1:2: /maxIssues: a whole number from 1 to 100000 is expected here.'],
      ['{"maxIssues": 1.5}', 'c.json:1:2: /maxIssues: a whole number from 1 to 100000 is expected here.'],
      [
        '{"formats": [{"format": "text"},\n{"format": "serif"}]}',
        'c.json:2:2: /formats/1/format: this is not one of the names that are allowed here; did you mean "sarif"? There are: text, compact, json, ndjson, operation-outcome, sarif, junit, github.',
      ],
      ['{"formats": "text"}', 'c.json:1:2: /formats: a list is expected here.'],
      ['{"formats": ["text"]}', 'c.json:1:14: /formats/0: an object is expected here.'],
      ['{"rules": 1}', 'c.json:1:2: /rules: a text or a list is expected here.'],
      ['{"ignore": [{"rule": "per-1"}]}', 'c.json:1:13: /ignore/0: "reason" is missing, why they are set aside.'],
      [
        '{"ignore": [{"rule": "per-1", "reason": " "}]}',
        'c.json:1:31: /ignore/0/reason: this says nothing; write something here.',
      ],
      [
        '{"ignore": [{"rule": "*", "reason": "x"}]}',
        'c.json:1:14: /ignore/0/rule: this would ignore everything; give a path, too, or a longer beginning of a rule.',
      ],
      ['[]', 'c.json:1:1: an object is expected here.'],
      ['{"quiet": true,}', 'c.json:1:16: this is not JSON here; comments and trailing commas are none either.'],
      [
        '{"quiet": true, "quiet": false}',
        'c.json: an object in it has a key twice, of which only one would count; remove the other.',
      ],
      [
        '{"rules": [{"id": "x", "context": "Patient", "severity": "error", "message": "m",\n"expression": "name.exists("}]}',
        '',
      ],
    ];
    for (const [text, message] of refused) {
      const error = thrown(() => readConfig(text, 'c.json'));
      ensure(error instanceof UsageError);
      if (message === '') expect(error.message).toMatch(/^c\.json:2:\d+: \/rules\/0\/expression: /);
      else expect(error.message).toBe(message);
    }
  });

  it('is what its schema says, in an editor and here', () => {
    const check = new Ajv({ strict: true, allowUnionTypes: true }).compile(
      JSON.parse(readFileSync('docs/schemas/config.json', 'utf8')),
    );
    expect(check(full)).toBe(true);
    const small = fc.constantFrom<unknown>(
      'text',
      'x',
      ' ',
      '',
      0,
      1,
      1.5,
      100_001,
      true,
      null,
      {},
      [],
      [{}],
      [rule],
      [{ format: 'json' }],
      [{ rule: 'r', reason: 's' }],
      [{ rule: 'r' }],
      'error',
    );
    const settings = fc.dictionary(fc.constantFrom(...Object.keys(full), 'unknown', 'format', 'toString'), small, {
      maxKeys: 2,
    });
    fc.assert(
      fc.property(fc.oneof(settings, small), (value) => {
        expect([JSON.stringify(value), schemaFault(value, CONFIG_SCHEMA) === undefined]).toStrictEqual([
          JSON.stringify(value),
          check(value),
        ]);
      }),
      { numRuns: runs(2000) },
    );
  });
});

describe('the search for a config file', () => {
  it('goes up to the folder of the repository, and makes paths relative to where it began', async () => {
    const root = fill(temporaryFolder(), {
      'repo/clinik-fhir.config.json': full,
      'repo/.git/HEAD': '',
      'repo/a/b/x': '',
    });
    const found = await findConfig(join(root, 'repo', 'a', 'b'));
    expect(found?.file).toBe(join('..', '..', 'clinik-fhir.config.json'));
    expect(found?.config.rules).toBe(join('..', '..', 'rules.json'));
    expect(found?.config.baseline).toBe(join('..', '..', 'baseline.json'));
    expect(found?.config.formats).toStrictEqual([
      { format: 'text' },
      { format: 'sarif', output: join('..', '..', 'out', 'findings.sarif') },
    ]);
    const here = await findConfig(join(root, 'repo'));
    expect(here?.file).toBe('clinik-fhir.config.json');
    expect(here?.config.rules).toBe('rules.json');
  });

  it('ends at a folder with .git, be it a file, and takes the nearest', async () => {
    const root = fill(temporaryFolder(), {
      'clinik-fhir.config.json': full,
      'repo/.git': 'gitdir: elsewhere',
      'repo/a/x': '',
      'near/clinik-fhir.config.json': { quiet: true },
    });
    expect(await findConfig(join(root, 'repo', 'a'))).toBeUndefined();
    expect((await findConfig(join(root, 'near')))?.config).toStrictEqual({ quiet: true });
  });

  it('leaves absolute paths alone', async () => {
    const root = fill(temporaryFolder(), {
      '.git/HEAD': '',
      'a/x': '',
    });
    const inside = join(root, 'b.json');
    fill(root, { 'clinik-fhir.config.json': { baseline: inside, rules: '/rules.json' } });
    const config = (await findConfig(join(root, 'a')))?.config;
    expect([config?.baseline, config?.rules]).toStrictEqual([inside, '/rules.json']);
  });

  it('names the file that is at fault, or cannot be read', async () => {
    const root = fill(temporaryFolder(), { '.git/HEAD': '', 'clinik-fhir.config.json': '{"quit":1}', 'a/x': '' });
    const refused = (message: RegExp) =>
      expect.objectContaining({ name: 'UsageError', message: expect.stringMatching(message) });
    await expect(findConfig(join(root, 'a'))).rejects.toThrow(
      refused(/^\.\.[/\\]clinik-fhir\.config\.json:1:2: \/quit: .* did you mean "quiet"\?/),
    );
    mkdirSync(join(root, 'a', 'clinik-fhir.config.json'));
    await expect(findConfig(join(root, 'a'))).rejects.toThrow(
      refused(/^clinik-fhir\.config\.json: it cannot be read \(it is a folder\)\.$/),
    );
  });
});

describe('the settings of a run', () => {
  const config: Config = { quiet: true, failOn: 'warning', ignore: [{ rule: 'a', reason: 'config' }] };

  it('are those of flags, of the config file, and the defaults, in this order', () => {
    const { settings, origins } = mergeConfig({ quiet: false, maxIssues: 5 }, config);
    expect(settings).toStrictEqual({
      ...DEFAULTS,
      quiet: false,
      maxIssues: 5,
      failOn: 'warning',
      ignore: config.ignore,
    });
    expect([origins.quiet, origins.failOn, origins.rules, origins.ignore]).toStrictEqual([
      'flag',
      'config',
      'default',
      'config',
    ]);
    expect(mergeConfig({}).settings).toStrictEqual(DEFAULTS);
  });

  it('ignore what either of them ignores, for the reason in the file', () => {
    const { settings, origins } = mergeConfig({ ignore: [{ rule: 'b', reason: 'flag' }] }, config);
    expect(settings.ignore.map(({ reason }) => reason)).toStrictEqual(['config', 'flag']);
    expect(origins.ignore).toBe('flag and config');
  });

  it('are printed, with where they come from', () => {
    const printed = JSON.parse(printConfig(mergeConfig({ maxIssues: 5 }, config), 'clinik-fhir.config.json'));
    expect(printed.config).toBe('clinik-fhir.config.json');
    expect(printed.settings.maxIssues).toStrictEqual({ value: 5, from: 'flag' });
    expect(printed.settings.baseline).toStrictEqual({ value: null, from: 'default' });
    expect(Object.keys(printed.settings)).toStrictEqual(Object.keys(DEFAULTS));
    expect(JSON.parse(printConfig(mergeConfig({}), undefined)).config).toBeNull();
  });
});
