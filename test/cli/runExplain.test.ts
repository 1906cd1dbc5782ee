import { describe, expect, it } from '@jest/globals';
import { explanation, index } from '../../src/cli/runExplain.js';
import { paint } from '../../src/cli/style.js';
import { RENAMED } from '../../src/report/renamedIds.js';
import { rulePages } from '../../src/report/rulePages.js';
import { ensure } from '../support/ensure.js';
import { clinikFhir } from './run.js';

const pages = [...rulePages().values()];
const plain = paint({}, {});

describe('clinik-fhir explain', () => {
  it('prints what a rule means, how to fix it, two examples and where more stands', async () => {
    const { code, stdout, stderr } = await clinikFhir(['explain', 'list-expected']);
    expect([code, stderr]).toStrictEqual([0, '']);
    expect(stdout).toBe(`list-expected  error

  This element repeats: its value is a JSON array, also when there is only one.

  where      every element
  to fix it  Put the value into an array, also when there is only one.

  broken, reported at Patient.name

    { "resourceType": "Patient", "name": { "family": "Lee" } }

  fine

    { "resourceType": "Patient", "name": [{ "family": "Lee" }] }

docs/rules.md#list-expected
`);
  });

  it('prints the expression of an invariant, and why code checks it', async () => {
    const { stdout } = await clinikFhir(['explain', 'ele-1']);
    expect(stdout).toMatch(/^ {2}FHIRPath {3}hasValue\(\) or \(children\(\)\.count\(\) > id\.count\(\)\)$/m);
    expect(stdout).toMatch(/^ {2}by code {4}Code checks this, and not the FHIRPath: the walk/m);
  });

  it('prints each meaning of a rule that has several', async () => {
    const { stdout } = await clinikFhir(['explain', 'reference-type']);
    expect(stdout.match(/^reference-type {2}error$/gm)?.length).toBe(2);
    expect(stdout).toMatch(/broken, a payload of labs, reported at encounterId/);
  });

  it('takes a rule in capitals', async () => {
    expect(await clinikFhir(['explain', 'TXT-1'])).toStrictEqual(await clinikFhir(['explain', 'txt-1']));
    expect(await clinikFhir(['explain', 'format-datetime'])).toStrictEqual(
      await clinikFhir(['explain', 'format-dateTime']),
    );
  });

  it.each([...RENAMED])('answers an old id with the new one: %s', async (former, id) => {
    const { code, stdout } = await clinikFhir(['explain', former]);
    expect([code, stdout]).toStrictEqual([
      0,
      `${former} is now ${id}.\n\n${(await clinikFhir(['explain', id])).stdout}`,
    ]);
  });

  it('knows what refuses a put, the rule of R4 included', async () => {
    const { code, stdout } = await clinikFhir(['explain', 'put-breaks-per-1']);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^put-breaks-… {2}error\n/);
  });

  it('lists all rules in groups without one', async () => {
    const { code, stdout } = await clinikFhir(['explain']);
    expect(code).toBe(0);
    for (const { id, group } of pages) {
      ensure(stdout.includes(`${group}\n`), group);
      ensure(stdout.match(/[\w…-]+/g)?.includes(id), id);
    }
  });

  it('gives what is known as data with --json', async () => {
    const one = await clinikFhir(['explain', 'txt-2', '--json']);
    expect(JSON.parse(one.stdout)).toStrictEqual(rulePages().get('txt-2'));
    const all = await clinikFhir(['explain', '--json']);
    expect(JSON.parse(all.stdout)).toStrictEqual(pages);
  });

  it('ends with 2 for an unknown rule, and names those that are near', async () => {
    const { code, stdout, stderr } = await clinikFhir(['explain', 'missing-elment']);
    expect([code, stdout]).toStrictEqual([2, '']);
    expect(stderr).toBe(
      'clinik-fhir: there is no id of this name. Did you mean missing-element? clinik-fhir explain lists them all.\n',
    );
    const far = await clinikFhir(['explain', 'something-quite-different']);
    expect(far.code).toBe(2);
    expect(far.stderr).not.toMatch(/Did you mean/);
  });

  it('fits the terminal, but for texts in its examples that cannot be broken', () => {
    for (const width of [60, 80, 100, 160]) {
      const isTooLong = (line: string): boolean =>
        line.length > width && !/^ {4} *("[\w]+": )?"[^ ].*"[,]?$/.test(line);
      for (const page of pages) expect(explanation(page, width, plain).split('\n').filter(isTooLong)).toStrictEqual([]);
      expect(index(pages, width, plain).split('\n').filter(isTooLong)).toStrictEqual([]);
    }
  });
});
