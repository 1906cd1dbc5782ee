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
    'Validation_VAL_Profile_Minimum_SLICE',
    'Validation_VAL_Profile_NotAllowed',
    'http://hl7.org/fhir/StructureDefinition/vitalsigns#vs-2',
  ),
  limit(
    'an answer of another type than its Questionnaire asks',
    'the types and options of answers are not compared',
    'Questionnaire_QR_Item_WrongType',
    'Questionnaire_QR_Item_WrongType2',
    'Questionnaire_QR_Item_OnlyOneA',
  ),
  limit(
    'white space other than a space in a code',
    'U+00A0 is no white space of XML, whose patterns R4 uses',
    'Type_Specific_Checks_DT_Code_WS',
  ),
  limit('an id of a resource that an extension stands for', 'not looked at', 'Resource_RES_ID_Malformed_Chars'),
  limit(
    'a part that an extension of HL7 has not',
    'the extensions in an extension are not held to its definition',
    'Extension_EXT_SubExtension_Invalid',
  ),
  limit('the id of a resource and of an element of it', 'ids of ElementDefinitions are left to sdf-16', 'DUPLICATE_ID'),
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
  {
    name: 'Java alone: a code that its system has not, in an extensible binding',
    right: 'limit',
    why: 'a warning of ours',
    fits: javaAlone(['Terminology_PassThrough_TX_Message'], ({ message }) => message.includes('expression-language')),
  },
];
