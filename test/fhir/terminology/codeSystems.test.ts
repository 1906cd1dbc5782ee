import { describe, expect, it } from '@jest/globals';
import { codeSystemNamed, NOT_LOADED } from '../../../src/fhir/terminology/codeSystemNamed.js';
import * as vocabularies from '../../../src/fhir/terminology/codeSystems.js';
import { isObject } from '../../../src/lens/json.js';

const displays = Object.entries<unknown>(vocabularies).flatMap(([name, vocabulary]) => {
  if (!isObject(vocabulary) || typeof vocabulary.system !== 'string' || !isObject(vocabulary.words)) return [];
  const { system } = vocabulary;
  return Object.values(vocabulary.words).flatMap((word): [string, string, string, string][] =>
    isObject(word) && typeof word.display === 'string' ? [[name, system, String(word.code), word.display]] : [],
  );
});

describe('the displays of codes that payloads have words for', () => {
  it('are many', () => {
    expect(displays.length).toBeGreaterThan(80);
  });

  it.each(displays)('are those of R4: %s, %s|%s', (_, system, code, display) => {
    const known = codeSystemNamed(system);
    if (known === undefined || known === NOT_LOADED) throw new Error('R4 publishes the system');
    expect([known.has(code), known.fits(code, display), known.fits(code, '')]).toStrictEqual([true, true, false]);
  });
});
