import { type Class, type Compared, javaAlone, oursAlone } from '../judge.js';
import { isValid } from '../verdict.js';

const ours = (name: string, why: string, fits: Class['fits']): Class => ({ name, right: 'ours', why, fits });
const limit = (name: string, why: string, fits: Class['fits']): Class => ({ name, right: 'limit', why, fits });

const PASSED = 'Terminology_PassThrough_TX_Message';
const MISSING = 'Terminology_TX_Code_ValueSet_MISSING';

const NO_CODE: readonly string[] = [
  PASSED,
  MISSING,
  'Validation_VAL_Profile_NoMatch',
  'TYPE_CHECKS_PATTERN_CC',
  '_DT_Fixed_Wrong',
];

/** True where Java says of a missing code, or of a code that stands for none, that it is wrong, and all else follows from that. */
const followsFromNoCode = ({ java }: Compared): boolean =>
  java.some(({ isError, id, message }) => isError && (id === MISSING || message.includes("#null'")));

/** Every class of disagreements over profiles that was judged; the first that fits counts. */
export const PROFILE_CLASSES: readonly Class[] = [
  ours(
    'ours alone: a vital sign that its profile does not allow',
    'observation-vitalsigns: an Observation with the LOINC code of a vital sign conforms to its profile; this Java never asks',
    oursAlone(
      ['profile-min', 'profile-max', 'profile-type', 'profile-fixed', 'profile-pattern', 'profile-binding'],
      ({ message }) => /\(http:\/\/hl7\.org\/fhir\/StructureDefinition\/[a-z]+\)\.$/.test(message),
    ),
  ),
  ours(
    'ours alone: an extension in the place of a fixed value',
    'ElementDefinition.fixed[x]: "a value that SHALL be exactly the value for this element in the instance"',
    oursAlone(['profile-fixed'], (_, { fault }) => fault.startsWith('a reason')),
  ),
  ours(
    'ours alone: a code of another system, or none, in a required binding',
    'terminologies: "to be conformant, the concept in this element SHALL be from the specified value set"',
    oursAlone(['profile-binding']),
  ),
  ours(
    'ours alone: a document that is not whole, or has more than it refers to',
    'bundle: a reference to a fullUrl is resolved in the Bundle; documents: what is in it is referred to from the Composition',
    oursAlone(['bundle-reference-unresolved', 'document-entry-unreferenced']),
  ),
  ours(
    'Java alone: what follows from a missing code',
    'a Coding may have no code, and a required code may have an extension in its place',
    (one) =>
      isValid(one.ours) &&
      followsFromNoCode(one) &&
      one.java.every(({ isError, id }) => !isError || NO_CODE.includes(id) || id.startsWith('http')),
  ),
  ours(
    'Java alone: a code of another version of its system',
    'Coding.version: another version may have other codes; which, nobody here can say',
    javaAlone([PASSED], ({ message }, { text }) => message.includes('Unknown code') && text.includes('"version":')),
  ),
  ours(
    'Java alone: a language that its list has not',
    'RFC 5646 and the registry of subtags have it; this Java has a list of its own',
    javaAlone([PASSED], ({ message }) => message.includes('http://hl7.org/fhir/ValueSet/languages')),
  ),
  limit(
    'Java alone: a state of the USA that the postal service has not',
    'no package has its codes: profile-binding-not-checked says so',
    javaAlone([PASSED], ({ message }) => message.includes('https://www.usps.com/')),
  ),
  limit(
    'Java alone: a link from a narrative that leads nowhere',
    'the ids that the extension textLink names are not looked for',
    javaAlone(['TEXT_LINK_NO_ID', 'TEXT_LINK_DATA_NOT_FOUND', 'Validation_VAL_Profile_Minimum_SLICE']),
  ),
  limit(
    'Java alone: the links of a searchset',
    'what the link `self` of a searchset asks for is not compared with what is there',
    javaAlone(['BUNDLE_SEARCH_ENTRY_WRONG_RESOURCE_TYPE_MODE', 'BUNDLE_LINK_SEARCH_NO_DUPLICATES']),
  ),
];
