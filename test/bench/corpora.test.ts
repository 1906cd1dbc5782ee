import { describe, expect, it } from '@jest/globals';
import { endsOf } from '../../bench/corpora.js';

const line = (more: object): string =>
  JSON.stringify({
    resourceType: 'Patient',
    id: 'p1',
    name: [{ family: 'Person', given: ['A'] }],
    gender: 'female',
    birthDate: '1980-01-02',
    ...more,
  });

const WITHDRAWN = JSON.stringify({
  resourceType: 'ClinicalImpression',
  id: 'c1',
  status: 'entered-in-error',
  subject: { reference: 'Patient/p1' },
});

describe('the codes that the command line ends with', () => {
  it.each([
    ['nothing is wrong', [line({})], { convert: 0, validate: 0 }],
    ['a record has an error, which is no hindrance', [line({}), line({ birthDate: 'x' })], { convert: 0, validate: 1 }],
    ['one of two is rejected', [line({}), WITHDRAWN], { convert: 1, validate: 0 }],
  ])('are told by the library where %s', (_, lines, ends) => {
    expect(endsOf(lines)).toStrictEqual(ends);
  });
});
