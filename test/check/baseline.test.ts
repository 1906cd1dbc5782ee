import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { baselineWriter, readBaseline, writeBaseline } from '../../src/check/baseline.js';
import { fingerprintOf } from '../../src/check/fingerprint.js';
import { UsageError } from '../../src/read/usageError.js';
import { validationIssues } from '../../src/validate/validate.js';
import { ensure, thrown } from '../support/ensure.js';

const records: readonly { readonly [name: string]: unknown }[] = [
  {
    resourceType: 'Patient',
    id: 'canary-1',
    gender: 'x',
    name: [{ period: { start: '2' } }, { period: { start: '3' } }],
  },
  { resourceType: 'Patient', id: 'canary-2', birthDate: 'canary' },
  { resourceType: 'Observation', status: 'final' },
  { resourceType: 'Observation', status: 'canary' },
];

/** What validate finds in records, as the baseline sees it. */
function findings(all: typeof records, text: (value: unknown) => string = JSON.stringify, file = 'x.ndjson') {
  return all.flatMap((record) => {
    const read: { resourceType: string; id?: string } = JSON.parse(text(record));
    return validationIssues(read).map(({ id: rule, expression: [expression] }) => {
      const { resourceType, id } = read;
      const fingerprint = fingerprintOf({ rule, expression, resourceType, id, file });
      return { fingerprint, rule, expression, source: { resourceType }, state: 'new' as const };
    });
  });
}

const before = writeBaseline(findings(records));

describe('a baseline', () => {
  it('knows the old findings after records were reordered and reindented', () => {
    const baseline = readBaseline(before, 'baseline.json');
    const turned = records.map((record) => ({ ...Object.fromEntries(Object.entries(record).reverse()), ...record }));
    for (const finding of findings(turned.reverse(), (value) => JSON.stringify(value, null, '\t')))
      expect([finding.rule, baseline.match(finding)]).toStrictEqual([finding.rule, 'known']);
    expect(baseline.vanished()).toStrictEqual([]);
  });

  it('does not know a new finding of a rule that it has elsewhere', () => {
    const worse = [{ resourceType: 'Patient', id: 'canary-3', gender: 'x' }, ...records];
    const baseline = readBaseline(before, 'baseline.json');
    const states = findings(worse).map((finding) => baseline.match(finding));
    expect(states.map((state) => state === 'new').indexOf(true)).toStrictEqual(0);
    expect(states.filter((state) => state === 'new')).toHaveLength(1);
  });

  it('knows as many of the same as there were', () => {
    const [first] = findings(records.slice(0, 1)).filter(({ rule }) => rule === 'format-dateTime');
    ensure(first !== undefined);
    const baseline = readBaseline(before, 'baseline.json');
    expect([1, 2, 3].map(() => baseline.match(first))).toStrictEqual(['known', 'known', 'new']);
  });

  it('says what has vanished, by rule and path', () => {
    const baseline = readBaseline(before, 'baseline.json');
    for (const finding of findings(records.slice(1))) baseline.match(finding);
    expect(baseline.vanished()).toStrictEqual([
      { rule: 'binding-required', path: 'Patient.gender', count: 1 },
      { rule: 'format-dateTime', path: 'Patient.name.period.start', count: 2 },
    ]);
  });

  it('is a text that changes only where the findings do, and holds no id and no value', () => {
    fc.assert(
      fc.property(fc.shuffledSubarray(findings(records), { minLength: findings(records).length }), (order) => {
        expect(writeBaseline(order)).toBe(before);
      }),
    );
    expect(before).not.toMatch(/canary/);
    expect(before).toMatch(
      /^ {4}\{"fingerprint":"[0-9a-f]{16}","rule":"binding-required","path":"Patient\.gender","resourceType":"Patient","count":1\},$/m,
    );
    expect(writeBaseline([])).toBe('{\n  "version": 1,\n  "tool": "clinik-fhir",\n  "findings": []\n}\n');
  });

  it('leaves out what is ignored', () => {
    const writer = baselineWriter();
    for (const finding of findings(records)) writer.add({ ...finding, state: 'ignored' });
    expect(writer.text()).toBe(writeBaseline([]));
  });

  it('is refused with its place and the remedy where it is none', () => {
    const refused: readonly [string, RegExp][] = [
      [
        '{"version":\n 2,"findings":[]}',
        /^b\.json:1:2: \/version: .* version 2; 1 is read\. Write it anew with --write-baseline\.$/,
      ],
      ['{}', /^b\.json:1:1: this is no baseline/],
      ['[]', /^b\.json:1:1: this is no baseline/],
      ['{"version":1}', /^b\.json:1:1: \/findings: /],
      [
        '{"version":1,"findings":[\n{"count":1,"rule":"r","path":""}]}',
        /^b\.json:2:1: \/findings\/0: the fingerprint /,
      ],
      ['{"version":1,"findings":[\n{"count":0}]}', /^b\.json:2:2: \/findings\/0\/count: the count /],
      ['{"version":1,"findings":[7]}', /^b\.json:1:26: \/findings\/0: the count /],
      ['{"version":1,\n<<<<<<< HEAD', /^b\.json:2:1: this is not JSON here/],
      ['{"version":1,"version":1}', /^b\.json: an object in it has a key twice/],
    ];
    for (const [text, message] of refused) {
      const error = thrown(() => readBaseline(text, 'b.json'));
      expect(error).toBeInstanceOf(UsageError);
      expect(error).toHaveProperty('message', expect.stringMatching(message));
    }
  });

  it('counts an entry that was merged in twice', () => {
    const entry = '{"fingerprint":"0123456789abcdef","rule":"r","path":"P","count":1}';
    const baseline = readBaseline(`{"version":1,"findings":[${entry},${entry}]}`, 'b.json');
    expect(baseline.vanished()).toStrictEqual([{ rule: 'r', path: 'P', count: 2 }]);
  });
});
