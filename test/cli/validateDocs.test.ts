import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { readBaseline } from '../../src/check/baseline.js';
import { CONFIG_SCHEMA } from '../../src/check/configSchema.js';
import { readConfig } from '../../src/check/readConfig.js';
import { readRules } from '../../src/check/rulesFile.js';
import { clinikFhir } from './run.js';

const page = readFileSync(join('docs', 'validate.md'), 'utf8');
const [config = '', baseline = '', rules = ''] = [...page.matchAll(/```json\n(.*?)```/gs)].map(([, text]) => text);

describe('what is written about clinik-fhir validate', () => {
  it('shows in the README what it prints of the invented export', async () => {
    const { code, stdout } = await clinikFhir(['validate', join('fixtures', 'ehr-export')]);
    assert.equal(code, 1);
    assert.ok(readFileSync('README.md', 'utf8').includes(`\`\`\`text\n${stdout}\`\`\``), stdout);
  });

  it('has a config file with every key, and a row for each', () => {
    const keys = Object.keys(CONFIG_SCHEMA.properties ?? {}).sort();
    assert.deepEqual(Object.keys(readConfig(config, 'config')).sort(), keys);
    for (const key of keys.slice(1)) assert.ok(page.includes(`| \`${key}\` |`), key);
  });

  it('has a baseline and rules that are read', () => {
    assert.equal(readBaseline(baseline, 'baseline').vanished().length, 1);
    assert.equal(readRules(rules, 'rules').length, 1);
  });
});
