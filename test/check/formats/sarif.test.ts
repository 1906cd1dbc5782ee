import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from '@jest/globals';
import { Ajv } from 'ajv';
import addFormats from 'ajv-formats';
import type { Finding } from '../../../src/check/finding.js';
import type { FormatOptions } from '../../../src/check/formats/formatOptions.js';
import { sarif } from '../../../src/check/formats/sarif.js';
import { ensure } from '../../support/ensure.js';
import { ALL, finding, NOTHING, ODD_NAMES, ODD_TEXT, OPTIONS, summaryOf, written } from './samples.js';

// The schema is not written for ajv's strict mode, and one of its patterns is none in Unicode's.
const ajv = new Ajv({ strict: false, unicodeRegExp: false, allErrors: true });
addFormats.default(ajv);
const valid = ajv.compile(JSON.parse(readFileSync(join('test', 'vendor', 'sarif', 'sarif-schema-2.1.0.json'), 'utf8')));
const PAGE = 'https://git.example.org/clinik-fhir';

/** The run of a log, which OASIS's schema holds. */
function run(findings: readonly Finding[], options: FormatOptions = OPTIONS, summary = summaryOf(findings)) {
  const log = JSON.parse(written(sarif(options), findings, summary));
  const isValid: boolean = valid(log);
  ensure(isValid, ajv.errorsText(valid.errors));
  return log.runs[0];
}

describe('the format sarif', () => {
  it('is valid against the schema of OASIS, for everything that can be found', () => {
    expect(run(ALL).results).toHaveLength(ALL.length);
    expect(run(ALL, { ...OPTIONS, page: PAGE, hasBaseline: false }).results).toHaveLength(ALL.length);
    expect(valid({ version: '2.1.0', runs: [{ results: [] }] })).toBe(false);
  });

  it('is valid without findings, and names no rule then', () => {
    const { results, tool, columnKind } = run([], OPTIONS, NOTHING);
    expect([results, tool.driver.rules, columnKind]).toStrictEqual([[], [], 'utf16CodeUnits']);
  });

  it('says of a result what it is, where it is, and how to know it again', () => {
    expect(run([finding()]).results).toStrictEqual([
      {
        ruleId: 'per-1',
        ruleIndex: 0,
        level: 'error',
        message: { text: 'If present, start SHALL have a lower value than end.' },
        locations: [
          {
            physicalLocation: {
              artifactLocation: { uri: 'export/Patient.ndjson', uriBaseId: '%SRCROOT%' },
              region: { startLine: 12, startColumn: 71, endLine: 12, endColumn: 117 },
            },
            logicalLocations: [{ fullyQualifiedName: 'Patient.name[0].period', kind: 'element' }],
          },
        ],
        partialFingerprints: { 'clinikFhir/v1': '5f2c0e6a9d41b7e8' },
        baselineState: 'new',
      },
    ]);
  });

  it('describes each rule that occurs, once, with the worst level and a link', () => {
    const findings = [finding({ severity: 'information' }), finding(), finding({ severity: 'warning' })];
    const { tool, results } = run([...findings, finding({ rule: 'Site-1' })], { ...OPTIONS, page: PAGE });
    expect(results.map(({ ruleIndex }: { ruleIndex: number }) => ruleIndex)).toStrictEqual([0, 0, 0, 1]);
    const { rules, ...driver } = tool.driver;
    expect(driver).toStrictEqual({ name: 'clinik-fhir', version: '0.1.0', informationUri: PAGE });
    expect(rules[1]).toStrictEqual({ id: 'Site-1', defaultConfiguration: { level: 'error' } });
    const link = `${PAGE}/blob/HEAD/docs/rules.md#per-1`;
    expect(rules[0]).toStrictEqual({
      id: 'per-1',
      shortDescription: { text: 'What per-1 says' },
      fullDescription: { text: 'per-1 holds. Fix it at the source.' },
      helpUri: link,
      help: {
        text: `per-1 holds. Fix it at the source.\n${link}`,
        markdown: `per-1 holds. Fix it at the source.\n\n[per-1](${link})`,
      },
      defaultConfiguration: { level: 'error' },
    });
  });

  it('has no link where only an absolute one is allowed and the project has no page', () => {
    const [rule] = run([finding()]).tool.driver.rules;
    expect(rule.helpUri).toBeUndefined();
    expect(rule.help.text).toMatch(/docs\/rules\.md#per-1$/);
  });

  it('names relative files below the folder of the run, so that a URL leads back to them', () => {
    for (const name of ODD_NAMES) {
      const [{ locations }] = run([finding({ source: { file: name, line: 1 } })]).results;
      const { uri, uriBaseId } = locations[0].physicalLocation.artifactLocation;
      expect(uriBaseId).toBe('%SRCROOT%');
      expect(fileURLToPath(new URL(uri, 'file:///base/'))).toBe(`/base/${name}`);
    }
    const [{ locations }] = run([finding({ source: { file: './a/../b//c.json', line: 1 } })]).results;
    expect(locations[0].physicalLocation.artifactLocation.uri).toBe('a/../b/c.json');
  });

  it('names absolute files by URLs, and no folder of the machine otherwise', () => {
    const file = resolve('a b.json');
    const { results, originalUriBaseIds } = run([finding({ source: { file, line: 1 } })]);
    const { uri, uriBaseId } = results[0].locations[0].physicalLocation.artifactLocation;
    expect([fileURLToPath(uri), uriBaseId]).toStrictEqual([file, undefined]);
    expect(JSON.stringify(originalUriBaseIds)).not.toMatch(/file:|\buri\b/);
  });

  it('tells new, known and ignored findings apart', () => {
    const findings = [finding(), finding({ state: 'known' }), finding({ state: 'ignored', reason: ODD_TEXT })];
    const states = run(findings).results.map((one: Record<string, unknown>) => [one.baselineState, one.suppressions]);
    expect(states).toStrictEqual([
      ['new', undefined],
      ['unchanged', undefined],
      [undefined, [{ kind: 'external', justification: ODD_TEXT }]],
    ]);
    const [without] = run([finding()], { ...OPTIONS, hasBaseline: false }).results;
    expect(without.baselineState).toBeUndefined();
  });

  it('names no id and shows no line of a record', () => {
    expect(written(sarif(OPTIONS), ALL)).not.toMatch(/pat-12|\*\*\*/);
  });
});
