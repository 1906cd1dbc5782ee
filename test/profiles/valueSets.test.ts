import { describe, expect, it } from '@jest/globals';
import type { JsonObject } from '../../src/lens/json.js';
import { listed } from '../../src/profiles/definitions.js';
import { profilesOf } from '../../src/profiles/profiles.js';

const system = {
  resourceType: 'CodeSystem',
  url: 'urn:s',
  content: 'complete',
  concept: [
    { code: 'a', concept: [{ code: 'aa', concept: [{ code: 'aaa' }] }] },
    { code: 'b', property: [{ code: 'kind', valueCode: 'x' }] },
    { code: 'c', property: [{ code: 'parent', valueCode: 'a' }] },
  ],
};
const fragment = { resourceType: 'CodeSystem', url: 'urn:f', content: 'fragment', concept: [{ code: 'a' }] };
const set = (url: string, compose: JsonObject): JsonObject => ({ resourceType: 'ValueSet', url, compose });
const filter = (property: string, op: string, value: string): JsonObject => ({
  include: [{ system: 'urn:s', filter: [{ property, op, value }] }],
});

function verdicts(compose: JsonObject, codes: readonly string[], from = 'urn:s', others: readonly JsonObject[] = []) {
  const guide = profilesOf(listed([set('urn:v', compose), system, fragment, ...others]));
  return codes.map((code) => guide.codes('urn:v')?.test(from, code)).join(' ');
}

describe('the codes of a value set', () => {
  it.each<readonly [string, JsonObject, readonly string[], string]>([
    ['concepts', { include: [{ system: 'urn:s', concept: [{ code: 'a' }] }] }, ['a', 'b'], 'inside outside'],
    ['a whole system', { include: [{ system: 'urn:s' }] }, ['aaa', 'z'], 'inside outside'],
    ['is-a', filter('concept', 'is-a', 'a'), ['a', 'aaa', 'c', 'b'], 'inside inside inside outside'],
    ['descendent-of', filter('concept', 'descendent-of', 'a'), ['a', 'aa', 'c'], 'outside inside inside'],
    ['is-not-a', filter('concept', 'is-not-a', 'aa'), ['a', 'aaa'], 'inside outside'],
    ['in', filter('code', 'in', 'a,b'), ['b', 'c'], 'inside outside'],
    [
      'a regular expression, for the whole of a code',
      filter('code', 'regex', 'a+'),
      ['aaa', 'b', 'z'],
      'inside outside outside',
    ],
    ['one that nobody can follow', filter('code', 'regex', '(?=a)'), ['a'], 'unknown'],
    ['a property that is there', filter('kind', 'exists', 'true'), ['b', 'a'], 'inside outside'],
    ['a property that is not', filter('kind', 'exists', 'false'), ['b', 'a', 'z'], 'outside inside outside'],
    ['a property', filter('kind', '=', 'x'), ['b', 'a'], 'inside outside'],
    [
      'all but some',
      { include: [{ system: 'urn:s' }], exclude: [{ system: 'urn:s', concept: [{ code: 'a' }] }] },
      ['a', 'b'],
      'outside inside',
    ],
  ])('%s', (_what, compose, codes, says) => expect(verdicts(compose, codes)).toBe(says));

  it('of a fragment of a system nobody can tell', () => {
    const filters = [{ property: 'concept', op: 'is-a', value: 'a' }];
    expect(verdicts({ include: [{ system: 'urn:f', filter: filters }] }, ['a', 'b'], 'urn:f')).toBe('unknown unknown');
  });

  it('takes what is in all sets that it names', () => {
    const others = [
      set('urn:x', { include: [{ system: 'urn:s', concept: [{ code: 'a' }, { code: 'b' }] }] }),
      set('urn:y', { include: [{ system: 'urn:s', concept: [{ code: 'b' }] }] }),
    ];
    expect(verdicts({ include: [{ valueSet: ['urn:x', 'urn:y'] }] }, ['a', 'b'], 'urn:s', others)).toBe(
      'outside inside',
    );
    expect(verdicts({ include: [{ valueSet: ['urn:none'] }] }, ['a'])).toBe('unknown');
  });

  it('that is made of itself many times over comes to an end', () => {
    const include = Array.from({ length: 5 }, () => ({ valueSet: ['urn:v', 'urn:w'] }));
    expect(verdicts({ include }, ['a'], 'urn:s', [set('urn:w', { include })])).toBe('unknown');
  });
});
