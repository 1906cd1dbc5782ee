import { describe, expect, it } from '@jest/globals';
import { writtenIntegers } from '../../src/check/writtenIntegers.js';
import { jsonNode, scanText } from '../../src/read/jsonText.js';

/** The issues of a text, each as `id expression`; none where nothing in it asks to be looked at. */
function said(text: string): string[] {
  if (!scanText(text).hasDecimals) return [];
  return writtenIntegers(JSON.parse(text), jsonNode(text)).map(({ id, expression }) => `${id} ${expression[0]}`);
}

const rank = (written: string): string =>
  `{"resourceType":"Encounter","diagnosis":[{"condition":{"display":"1.0"},"rank":1},{"rank" : ${written} }]}`;

describe('an integer', () => {
  it.each(['1.0', '1.00', '1e0', '1e2', '1E+2', '10.0e-1', '100e-2'])('is not written %s', (written) => {
    expect(said(rank(written))).toStrictEqual(['format-positiveInt Encounter.diagnosis[1].rank']);
  });

  it.each(['1', '2147483647', '10'])('is written %s', (written) => {
    expect(said(rank(written))).toStrictEqual([]);
  });

  it.each(['1.5', '15e-1', '"1.0"', 'null', '{"a":1.0}', '[1.0]'])('that is none is left to others: %s', (written) => {
    expect(said(rank(written)).filter((line) => !line.endsWith('rank[0]'))).toStrictEqual([]);
  });

  it.each([
    [
      'a zero with a sign',
      '{"resourceType":"ImagingStudy","numberOfSeries":-0}',
      'format-unsignedInt ImagingStudy.numberOfSeries',
    ],
    ['a choice', '{"resourceType":"Patient","multipleBirthInteger":2.0}', 'format-integer Patient.multipleBirth'],
    [
      'a list of integers, not at its beginning',
      '{"resourceType":"Claim","item":[{"careTeamSequence":[1 , 2.0,3]}]}',
      'format-positiveInt Claim.item[0].careTeamSequence[1]',
    ],
    [
      'a resource that another contains',
      '{"resourceType":"Patient","contained":[{"resourceType":"Patient","multipleBirthInteger":1e0}]}',
      'format-integer Patient.contained[0].multipleBirth',
    ],
    [
      'a resource in a Bundle',
      '{"resourceType":"Bundle","total":1.0,"entry":[{"resource":{"resourceType":"Patient","telecom":[{"rank":1.0}]}}]}',
      'format-unsignedInt Bundle.total',
      'format-positiveInt Bundle.entry[0].resource.telecom[0].rank',
    ],
    [
      'an extension beside a primitive',
      '{"resourceType":"Patient","_active":{"extension":[{"url":"http://x.example","valueInteger":1.0}]}}',
      'format-integer Patient.active.extension[0].value',
    ],
  ] as const)('is looked for in %s', (_, text, ...expected) => {
    expect(said(text)).toStrictEqual(expected);
  });

  it('is no decimal, however that is written', () => {
    const decimals = ['1.0', '1e2', '-0', '0.10'].map(
      (written) => `{"url":"http://x.example","valueDecimal":${written}}`,
    );
    expect(said(`{"resourceType":"Patient","extension":[${decimals.join()}]}`)).toStrictEqual([]);
  });
});

describe('the scan of a text', () => {
  it.each(['{"a":1.0}', '{"a":-0}', '{"a" :\n 1e2}', '{"a":[1,2,3.0]}', '[1.0]', '{"a":[{"b":1E2}]}'])(
    'sees a number that is no plain integer in %s',
    (text) => expect(scanText(text).hasDecimals).toBe(true),
  );

  it.each([
    '{"a":1}',
    '{"a":-1}',
    '{"a":0}',
    '{"a":"1.0"}',
    '{"1.0":true}',
    '{"a":[1,2]}',
    '{"a":[]}',
    '{"a":"\\":1.0"}',
  ])('sees none in %s', (text) => expect(scanText(text).hasDecimals).toBe(false));
});
