import { describe, expect, it } from '@jest/globals';
import { languageTest } from '../../../src/fhir/terminology/languageTag.js';
import { loadTable } from '../../../src/tables.js';

const isLanguage = languageTest(loadTable('languages') ?? {});

describe('a language tag', () => {
  it.each([
    'en',
    'de',
    'tlh',
    'en-US',
    'de-CH-1996',
    'DE-ch',
    'zh-Hant-TW',
    'zh-cmn-Hans-CN',
    'es-419',
    'sl-rozaj-biske',
    'de-DE-u-co-phonebk',
    'en-a-bbb-x-a-ccc',
    'x-whatever',
    'en-x-us',
    'i-klingon',
    'en-GB-oed',
    'zh-min-nan',
    'qaa-Qaaa-QM-x-southern',
    'sr-Latn',
    'mul',
    'und',
    'hy-Latn-IT-arevela',
    'art-lojban',
    'en-t-jp-m0-true',
  ])('may be %s', (tag) => {
    expect(isLanguage(tag)).toBe(true);
  });

  it.each([
    ['that ends with a hyphen', 'en-'],
    ['that begins with a hyphen', '-en'],
    ['with two hyphens', 'en--US'],
    ['with an underscore', 'en_US'],
    ['that is a word', 'english'],
    ['of no language', 'xx-YY'],
    ['of a letter', 'A-B'],
    ['with a region that there is not', 'en-UK'],
    ['with a script that there is not', 'en-Latx'],
    ['with a region before the script', 'zh-TW-Hant'],
    ['with a language after another that it does not belong to', 'en-cmn'],
    ['with two languages after the first', 'zh-cmn-yue'],
    ['with a variant that there is not', 'de-1997'],
    ['with a variant twice', 'de-1996-1996'],
    ['with an extension twice', 'en-a-bbb-a-ccc'],
    ['with an extension of nothing', 'en-a'],
    ['with an extension of nothing before another', 'en-a-b-ccc'],
    ['with nothing that was agreed on', 'en-x'],
    ['that was agreed on and is empty', 'x'],
    ['with a subtag that is too long', 'en-x-abcdefghi'],
    ['with a space', 'a b'],
    ['that is empty', ''],
    ['that is a country', 'US'],
    ['of a language of two letters and a hyphen of the table', 'a-'],
    ['with other letters', 'ën'],
  ])('is none %s', (_, tag) => {
    expect(isLanguage(tag)).toBe(false);
  });
});
