import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { Parser } from 'htmlparser2';
import { validateXML } from 'xmllint-wasm';
import type { Finding } from '../../../src/check/finding.js';
import { junit } from '../../../src/check/formats/junit.js';
import { ensure } from '../../support/ensure.js';
import { ALL, finding, NOTHING, ODD_NAMES, ODD_TEXT, OPTIONS, written } from './samples.js';

const schema = readFileSync(join('test', 'vendor', 'junit', 'junit-10.xsd'), 'utf8');

interface Element {
  readonly name: string;
  readonly attributes: Record<string, string>;
  readonly children: Element[];
  text: string;
}

/** The suites of a report that Jenkins' schema holds. */
async function suites(xml: string): Promise<Element[]> {
  const { valid, errors } = await validateXML({ xml: [{ fileName: 'junit.xml', contents: xml }], schema });
  ensure(valid, errors.map(({ message }) => message).join('\n'));
  const root: Element = { name: '', attributes: {}, children: [], text: '' };
  const open = [root];
  const parser = new Parser(
    {
      onopentag(name, attributes) {
        const element = { name, attributes, children: [], text: '' };
        open.at(-1)?.children.push(element);
        open.push(element);
      },
      ontext(text) {
        const last = open.at(-1);
        if (last) last.text += text;
      },
      onclosetag: () => open.pop(),
    },
    { xmlMode: true },
  );
  parser.end(xml);
  return root.children.find(({ name }) => name === 'testsuites')?.children ?? [];
}

const report = (findings: readonly Finding[], failOn: 'error' | 'warning' = 'error'): string =>
  written(junit({ ...OPTIONS, failOn }), findings);

describe('the format junit', () => {
  it('is valid against the schema of Jenkins, for everything that can be found, with counts that are right', async () => {
    const all = await suites(report(ALL));
    expect(all).toHaveLength(1 + ODD_NAMES.length);
    for (const { attributes, children } of all) {
      const outcomes = children.flatMap((one) => one.children.map(({ name }) => name));
      const count = (name: string): string => String(outcomes.filter((one) => one === name).length);
      expect([attributes.tests, attributes.failures, attributes.skipped, attributes.errors]).toStrictEqual([
        String(children.length),
        count('failure'),
        count('skipped'),
        '0',
      ]);
    }
  });

  it('has a failing test case for an error, with where it is and what it means', async () => {
    const [suite] = await suites(report([finding()]));
    expect(suite?.attributes.name).toBe('export/Patient.ndjson');
    const [test] = suite?.children ?? [];
    expect(test?.attributes).toStrictEqual({
      classname: 'export/Patient.ndjson',
      name: 'per-1 Patient.name[0].period (12:71)',
    });
    const [failure] = test?.children ?? [];
    expect(failure).toStrictEqual({
      name: 'failure',
      attributes: { type: 'per-1', message: 'If present, start SHALL have a lower value than end.' },
      children: [],
      text: 'error: If present, start SHALL have a lower value than end.\nexport/Patient.ndjson:12:71\nPatient.name[0].period\ndocs/rules.md#per-1',
    });
  });

  it('lets a warning fail where the run does, and never a remark', async () => {
    const findings = [finding({ severity: 'warning' }), finding({ severity: 'information', rule: 'x' })];
    const outcomes = async (failOn: 'error' | 'warning') =>
      (await suites(report(findings, failOn)))[0]?.children.map((test) => test.children[0]?.name);
    expect(await outcomes('error')).toStrictEqual(['system-out', 'system-out']);
    expect(await outcomes('warning')).toStrictEqual(['failure', 'system-out']);
  });

  it('skips what is known or ignored, and says why', async () => {
    const [suite] = await suites(
      report([finding({ state: 'known' }), finding({ state: 'ignored', reason: 'The vendor fixes it in May.' })]),
    );
    expect(suite?.children.map(({ children }) => children[0]?.attributes.message)).toStrictEqual([
      'It is in the baseline. If present, start SHALL have a lower value than end.',
      'Ignored: The vendor fixes it in May. If present, start SHALL have a lower value than end.',
    ]);
    expect([suite?.attributes.skipped, suite?.attributes.failures]).toStrictEqual(['2', '0']);
  });

  it('has a passing test case for a file without findings, between others', async () => {
    const writer = junit(OPTIONS);
    const other = finding({ source: { file: 'b.json', line: 1 } });
    const xml = [writer.begin(), writer.file?.('a <1>.json', 1), writer.add(other), writer.file?.('b.json', 2)];
    const read = await suites([...xml, writer.file?.('c.json', 1204), writer.end(NOTHING)].join(''));
    expect(
      read.map(({ attributes: { name, failures }, children }) => [
        name,
        failures,
        children.length,
        children[0]?.children[0]?.text,
      ]),
    ).toStrictEqual([
      ['a <1>.json', '0', 1, '1 record'],
      ['b.json', '1', 1, read[1]?.children[0]?.children[0]?.text],
      ['c.json', '0', 1, '1,204 records'],
    ]);
  });

  it('is valid without any file', async () => {
    expect(await suites(written(junit(OPTIONS), [], NOTHING))).toStrictEqual([]);
  });

  it('keeps odd names and texts, but for what XML cannot hold', async () => {
    const read = await suites(report(ALL));
    const illegal = ['\u0000', '\u0007', '\u0008', '\u001b', '\ufffe', '\ud800'];
    const legal = (text: string): string => illegal.reduce((rest, one) => rest.replaceAll(one, ''), text);
    expect(read.slice(1).map(({ attributes }) => attributes.name)).toStrictEqual(ODD_NAMES.map(legal));
    const odd = read[0]?.children.find(({ attributes }) => attributes.name?.startsWith('Site-Rule: "1"'));
    expect(odd?.children[0]?.attributes.message).toBe(legal(ODD_TEXT));
    expect(odd?.children[0]?.text).toContain(legal(ODD_TEXT));
    expect(read[0]?.children.some(({ children }) => children[0]?.attributes.message?.includes(legal(ODD_TEXT)))).toBe(
      true,
    );
  });

  it('gives a file with very many findings several suites of its name', async () => {
    const many = Array.from({ length: 1001 }, (_, index) => finding({ rule: `r-${index}` }));
    const read = await suites(report(many));
    expect(read.map(({ attributes }) => [attributes.name, attributes.tests])).toStrictEqual(
      ['500', '500', '1'].map((tests) => ['export/Patient.ndjson', tests]),
    );
  });

  it('names no id and shows no line of a record', () => {
    expect(report(ALL)).not.toMatch(/pat-12|\*\*\*/);
  });
});
