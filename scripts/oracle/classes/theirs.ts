import { type Class, javaAlone } from '../judge.js';

type Also = Parameters<typeof javaAlone>[1];

const wrong = (name: string, why: string, ids: readonly string[], also?: Also): Class => ({
  name: `Java alone: ${name}`,
  right: 'ours',
  why,
  fits: javaAlone(ids, also),
});

const PASSED = 'Terminology_PassThrough_TX_Message';
const TXT_2 = 'http://hl7.org/fhir/StructureDefinition/Narrative#txt-2';

/** Language tags that RFC 5646 and the registry of subtags have, and HAPI's own list has not. */
const LANGUAGES = [
  'de-CH-1996',
  'zh-Hant-TW',
  'x-klingon',
  'en-US-x-twain',
  'qaa',
  'i-klingon',
  'EN-us',
  'sgn-BE-FR',
  'fr-XX',
];

/** What only Java calls an error, where R4's text is with us. */
export const theirs: readonly Class[] = [
  wrong(
    'a Coding with a system and no code',
    'Coding: "there is no suitable code in the system"',
    [PASSED],
    ({ message }) => message.includes("#null'"),
  ),
  wrong(
    'a relative canonical or url of a definition',
    "an absolute URI by its words, which HL7's own resources break: a warning of ours",
    ['TYPE_SPECIFIC_CHECKS_CANONICAL_ABSOLUTE'],
  ),
  wrong('a relative system', '"a URI that identifies": a warning of ours', [
    'Type_Specific_Checks_DT_Identifier_System',
    'Terminology_TX_System_Relative',
  ]),
  wrong(
    'a required code with an extension and no value',
    'extensibility: an extension can stand for a value; there is no concept that the value set could lack',
    ['Terminology_TX_Code_ValueSet_MISSING'],
  ),
  wrong('a conditional reference without a value', 'http: no grammar of the search is given', [
    'REFERENCE_REF_QUERY_INVALID',
  ]),
  wrong('an exception', 'not a judgement', [
    'THROWN:StringIndexOutOfBoundsException',
    'THROWN:NullPointerException',
    'THROWN:StackOverflowError',
  ]),
  wrong(
    'the nesting of a narrative',
    "txt-1 speaks of names; the nesting is XHTML's: a warning of ours",
    [
      'XHTML_XHTML_ILLEGAL_CHILDREN',
      'XHTML_XHTML_BLOCK_IN_PARA',
      'XHTML_XHTML_ELEMENT_ILLEGAL_IN_PARA',
      'XHTML_XHTML_OUT_OF_PLACE',
      'XHTML_XHTML_NO_RECURSION',
      'Type_Specific_Checks_DT_XHTML_Resolve',
    ],
    (_, { ours }) => ours.some(({ id }) => id === 'narrative-nesting'),
  ),
  wrong(
    'bgcolor on a cell, start on a list',
    'txt-1: HTML 4, chapters 10, 11 and 15 have them',
    ['XHTML_XHTML_Attribute_Illegal', 'http://hl7.org/fhir/StructureDefinition/Narrative#txt-1'],
    ({ id, message }) => id.endsWith('txt-1') || /'(bgcolor|start)' on/.test(message),
  ),
  wrong('a short OID', 'oid: its pattern takes urn:oid:1.2.3', ['Type_Specific_Checks_DT_OID_Valid'], ({ message }) =>
    message.includes('1.2.3'),
  ),
  wrong(
    'a text of U+FEFF',
    'string: "non-whitespace content": this is no white space',
    ['Type_Specific_Checks_DT_Primitive_NotEmpty', 'http://hl7.org/fhir/StructureDefinition/Element#ele-1', TXT_2],
    (_, { text }) => text.includes('\ufeff'),
  ),
  wrong('a narrative whose text is CDATA', 'txt-2: XML has text in a CDATA section', [TXT_2], (_, { text }) =>
    text.includes('<![CDATA['),
  ),
  wrong('an anchor that is not there', 'narrative: "may refer"', [
    'Type_Specific_Checks_DT_XHTML_Resolve',
    'Type_Specific_Checks_DT_XHTML_Resolve_Img',
  ]),
  wrong(
    'an id of the div',
    'narrative: xhtml has an id',
    ['null'],
    ({ message }) => message === "Unrecognized property 'id'",
  ),
  wrong(
    'a language that BCP 47 has',
    'Resource.language and its kind: tags of BCP 47, whose grammar and registry have these',
    [PASSED, 'Terminology_TX_NoValid_16'],
    ({ message }) => LANGUAGES.some((tag) => message.includes(tag)),
  ),
  wrong('base64 with white space', 'base64Binary: its pattern takes it', [
    'TYPE_SPECIFIC_CHECKS_DT_ATT_B64_DECODE_FAIL',
  ]),
  wrong(
    'a country by its number',
    'iso3166: R4 has a value set of the numbers of ISO 3166-1, of this system',
    [PASSED],
    ({ message }) => /urn:iso:std:iso:3166(:-1)?#(276|840)'/.test(message),
  ),
  wrong(
    'a time with a fraction',
    'time: its pattern takes a fraction; Java says that the time is null',
    ['Type_Specific_Checks_DT_Time_Valid'],
    ({ message }, { text }) => message.includes('(null)') && text.includes('"13:28:17.5"'),
  ),
  wrong(
    'a POST without a fullUrl, and a relative reference in it',
    'bundle: what is POSTed needs no fullUrl; a relative reference in it is relative to the server',
    ['Bundle_BUNDLE_Entry_NoFullUrl', 'Bundle_BUNDLE_FullUrl_Missing'],
    (_, { text }) => text.includes('"method":"POST"'),
  ),
  wrong(
    'the abstract type of a reference to anything',
    'Reference.type: Resource is a type, and any resource is one',
    ['Reference_REF_BadTargetType'],
    (_, { text }) => text.includes('"type":"Resource"'),
  ),
  wrong(
    'the contents of a definition',
    "beyond R4's invariants: Java makes a snapshot of it, or reads the FHIRPath in it",
    [
      'SD_ILLEGAL_CHARACTERISTICS',
      'ED_SEARCH_EXPRESSION_ERROR',
      'OPDEF_PROFILE_NOT_FOUND',
      'CODESYSTEM_CS_HL7_PRESENT_ELEMENT_SUPPL',
      'CODESYSTEM_CS_HL7_PRESENT_ELEMENT_SUPPL_WRONG',
      'CODESYSTEM_CS_HL7_MISSING_ELEMENT_SHALL',
      'TYPE_SPECIFIC_CHECKS_CANONICAL_ABSOLUTE',
      'Terminology_TX_Code_ValueSet_MISSING',
      'Terminology_TX_System_Relative',
      'Reference_REF_BadTargetType',
      'SM_GROUP_INPUT_TYPE_UNKNOWN_TYPE',
      'SM_GROUP_INPUT_MODE_INVALID',
      'SM_GROUP_INPUT_DUPLICATE',
      'SM_SOURCE_CONTEXT_UNKNOWN',
      'null',
    ],
    ({ id, message }) => id !== 'null' || /^The (fixed|pattern) value has type/.test(message),
  ),
  wrong(
    'a space in an address of a narrative',
    "fhir-xhtml.xsd: href is an xs:anyURI, which may have spaces; R4's words say nothing of it",
    ['XHTML_URL_INVALID'],
  ),
];
