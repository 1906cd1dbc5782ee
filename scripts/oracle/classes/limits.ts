import { type Class, javaAlone } from '../judge.js';

const limit = (name: string, why: string, ...ids: readonly string[]): Class => ({
  name: `Java alone: ${name}`,
  right: 'limit',
  why,
  fits: javaAlone(ids),
});

/** What only Java finds, and docs/conformance.md says that we do not look for. */
export const limits: readonly Class[] = [
  limit(
    'a profile in meta.profile',
    'profiles are not checked',
    'Validation_VAL_Profile_WrongType',
    'Validation_VAL_Profile_Minimum',
    'Validation_VAL_Profile_MinimumMagic',
    'Validation_VAL_Profile_Unknown',
  ),
  limit(
    'an answer of another type than its Questionnaire asks',
    'the types and options of answers are not compared',
    'Questionnaire_QR_Item_WrongType',
    'Questionnaire_QR_Item_WrongType2',
    'Questionnaire_QR_Item_OnlyOneA',
  ),
  limit('an address in a narrative', 'the addresses of links are not checked', 'XHTML_URL_INVALID'),
];
