import { isAbsoluteUri, isStrictUri } from '../fhir/references/uri.js';
import { followFragment, isFragment } from './fragment.js';
import { report, type Walk } from './walk.js';

/** Looks at an address in focus, whose format is right. */
export type AddressCheck = (address: string, walk: Walk) => void;

/** The types of addresses. */
export const ADDRESSES: ReadonlySet<string> = new Set(['uri', 'url', 'canonical']);

/** The types whose `system` says what their code or value means. */
const HAS_SYSTEM = /^(?:Identifier|Coding|(?:Simple|Money)?Quantity|Age|Count|Distance|Duration)\.system$/;

/** The address of a definition; a Device is no definition, and its address is one of a network. */
const DEFINITION_URL = /^(?!Device\.)[A-Za-z]+\.url$/;

/** The check of an address at a path (`Coding.system`), besides its format; `isDefinition` for what is an element of a resource. */
export function addressCheck(type: string, path: string, isOfResource: boolean): AddressCheck {
  if (path === 'Extension.url') return unlessPlain(checkExtensionUrl);
  if (type === 'canonical') return unlessPlain(checkCanonical);
  if (path === 'Coding.system') return unlessPlain(checkCodingSystem);
  if (HAS_SYSTEM.test(path)) return unlessPlain(checkAbsolute);
  return isOfResource && DEFINITION_URL.test(path) ? checkAbsolute : checkAny;
}

/**
 * Addresses in which nothing is wrong wherever they stand. A few come again and again: systems, profiles, extensions. Those of one place
 * push each other out: to compare one with the text that is kept takes an eighth of the time of a Set, which reads a new text for its hash.
 */
const plain: (string | undefined)[] = Array(256).fill(undefined);
const LONGEST_PLAIN = 200;

const placeOf = (address: string): number =>
  (address.length * 7 + address.charCodeAt(address.length - 1) * 31 + address.charCodeAt(address.length >> 1)) & 255;

/** True for an address that was looked at before, its format included, and is right wherever an address may stand. */
export const isKnownPlain = (address: unknown): boolean =>
  typeof address === 'string' && plain[placeOf(address)] === address;

/** Looks more closely only at an address that may be wrong in some place. */
export function unlessPlain(check: AddressCheck): AddressCheck {
  return (address, walk) => {
    const isPlain = isStrictUri(address) && isAbsoluteUri(address) && !VALUE_SET.test(address);
    if (!isPlain) check(address, walk);
    else if (address.length <= LONGEST_PLAIN) plain[placeOf(address)] = address;
  };
}

const checkAny: AddressCheck = (address, walk) => {
  if (isFragment(address)) followFragment(address, walk);
  if (!isStrictUri(address)) report(walk, 'uri-invalid');
};

/** Systems and the addresses of definitions name the same thing wherever they stand. */
const checkAbsolute: AddressCheck = (address, walk) => {
  checkAny(address, walk);
  if (!isAbsoluteUri(address)) report(walk, 'uri-not-absolute');
};

/** A canonical is absolute, or of what is contained (https://hl7.org/fhir/R4/references.html#canonical). */
const checkCanonical: AddressCheck = (address, walk) => {
  if (!isStrictUri(address)) report(walk, 'uri-invalid');
  if (!isFragment(address)) {
    if (!isAbsoluteUri(address)) report(walk, 'uri-not-absolute');
  } else if (followFragment(address, walk) === undefined) report(walk, 'canonical-fragment');
};

const VALUE_SET = /\/ValueSet\/[^/]+$/;

/** "The system URI SHALL NOT contain a reference to a value set" (https://hl7.org/fhir/R4/datatypes.html#Coding). */
const checkCodingSystem: AddressCheck = (address, walk) => {
  checkAbsolute(address, walk);
  if (VALUE_SET.test(address)) report(walk, 'coding-system-value-set');
};

const EXTENSIONS: ReadonlySet<string | undefined> = new Set(['extension', 'modifierExtension']);

/**
 * "Except for child extensions defined within complex extensions, the URL SHALL be an absolute URL"
 * (https://hl7.org/fhir/R4/extensibility.html#Extension).
 */
const checkExtensionUrl: AddressCheck = (address, walk) => {
  checkAny(address, walk);
  const isChild = EXTENSIONS.has(walk.names[walk.depth - 2]);
  if (!isChild && !isAbsoluteUri(address)) report(walk, 'extension-url-relative');
};
