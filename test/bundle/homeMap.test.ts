import { describe, expect, it } from '@jest/globals';
import type { Resource } from 'fhir/r4.js';
import { atHomeOnly } from '../../src/bundle/homeMap.js';
import { nothingSurveyed } from '../../src/bundle/survey.js';
import type { ConvertOptions } from '../../src/fhir/scope.js';

const HOME = 'https://home.example/fhir';
const ABROAD = 'https://abroad.example/fhir';
const knowing = (...bases: string[]) => ({ ...nothingSurveyed(), bases: new Set(bases) });

describe('the options of a Bundle with records of other servers', () => {
  it.each<[string, ConvertOptions, string[]]>([
    ['no server is home', {}, [HOME, ABROAD]],
    ['an id map was given', { baseUrl: HOME, resolveId: () => undefined }, [ABROAD]],
    ['all servers are home', { baseUrl: `${HOME}/`, unmapped: 'refuse' }, [HOME]],
    ['no entry says its server', { baseUrl: HOME }, []],
  ])('are those that were given where %s', (_, options, bases) => {
    expect(atHomeOnly(options, knowing(...bases))).toBe(options);
  });

  const options = atHomeOnly({ baseUrl: HOME, unmapped: 'refuse', edition: 'icd-10' }, knowing(HOME, ABROAD));

  it('keep the others, and leave out what is not known', () => {
    expect([options.unmapped, options.edition, options.baseUrl]).toStrictEqual(['omit', 'icd-10', HOME]);
  });

  it.each([
    ['Patient/1', '1'],
    [`${HOME}/Patient/1`, '1'],
    [`${ABROAD}/Patient/1`, undefined],
    ['urn:uuid:5b0c3f4e-6b62-4e55-9d0f-0d7f1a1d5e2a', undefined],
    ['Patient?identifier=a|b', undefined],
    ['no reference', undefined],
  ])('know of references those of home: %s', (reference, id) => {
    expect(options.resolveId?.(reference)).toBe(id);
  });

  it('know what a urn or a search finds by its identifier of ClinikAPI, else by its id', () => {
    const found: { [reference: string]: Resource } = {
      'urn:uuid:a': { resourceType: 'Patient', id: 'p1' },
      'Patient?identifier=a|b': Object.assign(
        { resourceType: 'Patient', id: 'p1' },
        { identifier: [{ system: 'https://api.clinikapi.com/v1/patients', value: 'pt_1' }] },
      ),
    };
    const { resolveId } = atHomeOnly({ baseUrl: HOME, resolve: (text) => found[text] }, knowing(ABROAD));
    expect(['urn:uuid:a', 'Patient?identifier=a|b', 'urn:uuid:b'].map((text) => resolveId?.(text))).toStrictEqual([
      'p1',
      'pt_1',
      undefined,
    ]);
  });

  it('write ids that FHIR can hold as references of home, and no others', () => {
    expect(options.resolveReference?.('1', 'Patient')).toBe('Patient/1');
    expect(options.resolveReference?.('pt_1', 'Patient')).toBeUndefined();
  });
});
