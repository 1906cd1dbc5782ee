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
  limit(
    'white space other than a space in a code',
    'U+00A0 is no white space of XML, whose patterns R4 uses',
    'Type_Specific_Checks_DT_Code_WS',
  ),
  limit('an id of a resource that an extension stands for', 'not looked at', 'Resource_RES_ID_Malformed_Chars'),
  limit(
    'the contents of a StructureMap',
    "beyond R4's invariants",
    'SM_GROUP_INPUT_TYPE_UNKNOWN_TYPE',
    'SM_GROUP_INPUT_MODE_INVALID',
    'SM_GROUP_INPUT_DUPLICATE',
    'SM_SOURCE_CONTEXT_UNKNOWN',
    'Terminology_TX_Code_ValueSet_MISSING',
  ),
  {
    name: 'Java alone: a code of DICOM that DICOM has not',
    right: 'limit',
    why: 'codes of DICOM are not listed',
    fits: javaAlone(['Terminology_PassThrough_TX_Message'], ({ message }) => message.includes('dicom.nema.org')),
  },
  {
    name: 'Java alone: a language that is a code of another system',
    right: 'limit',
    why: 'the largest set that a preferred binding may be widened to is not looked at',
    fits: javaAlone(['Terminology_PassThrough_TX_Message'], ({ message }) =>
      message.includes('Inappropriate CodeSystem'),
    ),
  },
];
