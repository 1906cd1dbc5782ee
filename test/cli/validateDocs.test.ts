import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { readBaseline } from '../../src/check/baseline.js';
import { CONFIG_SCHEMA } from '../../src/check/configSchema.js';
import { readConfig } from '../../src/check/readConfig.js';
import { readRules } from '../../src/check/rulesFile.js';
import { ensure } from '../support/ensure.js';
import { clinikFhir } from './run.js';

const page = readFileSync(join('docs', 'validate.md'), 'utf8');
const [config = '', baseline = '', rules = ''] = [...page.matchAll(/```json\n(.*?)```/gs)].map(([, text]) => text);

describe('what is written about clinik-fhir validate', () => {
  it('shows in the README what it prints of the invented export', async () => {
    const { code, stdout } = await clinikFhir(['validate', join('fixtures', 'ehr-export')]);
    expect(code).toBe(1);
    const printed = stdout.replace(/ · [\d.]+ s$/m, ' · 0.2 s');
    ensure(readFileSync('README.md', 'utf8').includes(`\`\`\`text\n${printed}\`\`\``), printed);
  });

  it('has a config file with every key, and a row for each', () => {
    const keys = Object.keys(CONFIG_SCHEMA.properties ?? {}).sort();
    expect(Object.keys(readConfig(config, 'config')).sort()).toStrictEqual(keys);
    for (const key of keys.slice(1)) ensure(page.includes(`| \`${key}\` |`), key);
  });

  it('has a baseline and rules that are read', () => {
    expect(readBaseline(baseline, 'baseline').vanished()).toHaveLength(1);
    expect(readRules(rules, 'rules')).toHaveLength(1);
  });
});
