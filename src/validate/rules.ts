import type { IssueCode, Severity } from '../lens/issue.js';

/** A rule of the walk: what kind of issue it makes, and what its message says. */
export interface Rule {
  readonly severity: Severity;
  readonly code: IssueCode;
  readonly says: string;
}

const error = (code: IssueCode, says: string): Rule => ({ severity: 'error', code, says });

/**
 * Every rule that is not an invariant of R4's own, by its stable identifier. The identifiers of invariants are their keys
 * (`per-1`); those of formats are `format-` and the type.
 */
export const RULES = {
  'not-a-resource': { severity: 'fatal', code: 'structure', says: 'This is no JSON object with a resourceType.' },
  'resource-type-unknown': error('not-supported', 'R4 has no resource of this type.'),
  unreadable: {
    severity: 'fatal',
    code: 'structure',
    says: 'The value cannot be read: reading a property of it fails.',
  },
  'too-deep': { severity: 'fatal', code: 'structure', says: 'This is nested deeper than any reader could follow.' },
  'too-large': {
    severity: 'fatal',
    code: 'incomplete',
    says: 'This has more elements than are looked at in one call.',
  },
  'unknown-element': error('structure', 'R4 has no such element here.'),
  'choice-type': error('structure', 'R4 does not allow this type of value here.'),
  'several-choices': error('structure', 'Only one of the types of this element can be there.'),
  'missing-element': error('required', 'R4 requires this element.'),
  'wrong-json-type': error('structure', 'The value has the wrong JSON type.'),
  'list-expected': error('structure', 'This element repeats: its value is a JSON array, also when there is only one.'),
  'list-unexpected': error('structure', 'This element does not repeat: its value is not a JSON array.'),
  'empty-value': error('structure', 'An empty text, object or array says nothing; FHIR wants the element left out.'),
  'null-value': error(
    'structure',
    'null stands only in the array of a primitive, where an object beside it says more.',
  ),
  'sibling-misplaced': error('structure', 'A property with an underscore stands beside a primitive element only.'),
  'sibling-mismatch': error('structure', 'The array with the underscore does not match the array beside it.'),
  'control-character': {
    severity: 'warning',
    code: 'value',
    says: 'The text has a control character, which R4 advises against, and which XML cannot hold.',
  },
  'extension-url-relative': error(
    'value',
    'The url of an extension is an absolute URI, but in an extension that stands directly in another one.',
  ),
  'uri-not-absolute': {
    severity: 'warning',
    code: 'value',
    says: 'The URI is relative: it says nothing of its own, outside of where it was written.',
  },
  'uri-invalid': {
    severity: 'warning',
    code: 'value',
    says: 'This is no URI as RFC 3986 writes one: a character, a % or a bracket is not allowed where it stands.',
  },
  'identifier-uri': error('value', 'The value of an identifier whose system is urn:ietf:rfc:3986 is an absolute URI.'),
  'coding-system-value-set': error('value', 'The system of a coding is a code system, not a value set.'),
  'attachment-size': error('value', 'The size is not the number of bytes that the data have.'),
  'attachment-hash': error('value', 'The hash is not the SHA-1 of the data.'),
  'attachment-hash-hexadecimal': {
    severity: 'warning',
    code: 'value',
    says: 'The hash is written in hexadecimal digits, and R4 wants it in base64.',
  },
  'element-id-space': error('value', 'The id of an element has no white space.'),
  'element-id-repeated': error('value', 'Another element of the resource, or of its narrative, has this id.'),
  'ele-1': error('invariant', 'All FHIR elements must have a @value or children'),
  'binding-required': error('code-invalid', 'The code is not one of the value set that R4 requires here.'),
  'binding-required-missing': error('code-invalid', 'R4 requires a code of a value set here, and there is none.'),
  'binding-extensible': {
    severity: 'warning',
    code: 'code-invalid',
    says: 'The code is not in the value set, though its system is one of the value set’s own.',
  },
  'code-unknown': error('code-invalid', 'The system that is named here has no such code.'),
  'display-wrong': {
    severity: 'warning',
    code: 'code-invalid',
    says: 'The code system gives its code another display.',
  },
  'terminology-not-loaded': {
    severity: 'information',
    code: 'incomplete',
    says: 'The tables of code systems and of HL7’s extensions are not here: codes, languages, units, countries and extensions were not held to them.',
  },
  'extension-context': error('structure', 'HL7’s definition of this extension does not allow it here.'),
  'extension-modifier': error(
    'structure',
    'Only an extension that changes the meaning of an element is a modifierExtension, and it always is.',
  ),
  'extension-repeats': error('structure', 'HL7’s definition of this extension allows it once.'),
  'extension-incomplete': error(
    'required',
    'HL7’s definition of this extension requires another extension inside of it.',
  ),
  'extension-value': error('structure', 'HL7’s definition of this extension does not allow this type of value.'),
  'extension-value-missing': error('required', 'HL7’s definition of this extension requires a value.'),
  'reference-format': error(
    'value',
    'A reference is a URI, without white space; a relative one has the form [type]/[id], of a type of R4.',
  ),
  'reference-target': error('value', 'R4 does not allow a reference to a resource of this type here.'),
  'reference-type': error('value', 'The type that the reference states is not that of the resource it points at.'),
  'reference-type-unknown': error(
    'code-invalid',
    'The type that a reference states is the name of a resource type of R4; only logical models have absolute ones.',
  ),
  'ref-1': error('invariant', 'SHALL have a contained resource if a local reference is provided'),
  'canonical-fragment': error('not-found', 'Nothing that the resource contains has the id of this canonical.'),
  'questionnaire-item-unknown': error(
    'not-found',
    'The Questionnaire that is contained has no item of this linkId here.',
  ),
  'questionnaire-item-missing': error(
    'required',
    'The Questionnaire that is contained requires an item here that is not answered.',
  ),
  'dom-3': error(
    'invariant',
    'If the resource is contained in another resource, it SHALL be referred to from elsewhere in the resource or SHALL refer to the containing resource',
  ),
  'contained-id': error(
    'value',
    'Another contained resource has this id: a reference to it does not say which is meant.',
  ),
  'txt-1': error(
    'invariant',
    'The narrative SHALL contain only the basic html formatting elements and attributes described in chapters 7-11 (except section 4 of chapter 9) and 15 of the HTML 4.0 standard, <a> elements (either name or href), images and internally contained style attributes',
  ),
  'txt-2': error('invariant', 'The narrative SHALL have some non-whitespace content'),
  'narrative-not-xhtml': error('structure', 'The narrative is not a well-formed div of XHTML.'),
  'narrative-nesting': {
    severity: 'warning',
    code: 'structure',
    says: 'An element or a text of the narrative stands in one that XHTML does not have it in.',
  },
  'invariant-not-evaluated': {
    severity: 'warning',
    code: 'incomplete',
    says: 'This rule could not be evaluated here.',
  },
  'rule-invalid': error('processing', 'A rule of the caller’s own cannot be run.'),
  'rule-not-evaluated': {
    severity: 'warning',
    code: 'incomplete',
    says: 'A rule of the caller’s own could not be evaluated here.',
  },
  'profile-min': error('required', 'A profile requires this element.'),
  'profile-max': error('structure', 'A profile does not allow this element so often.'),
  'profile-type': error('structure', 'A profile does not allow this type here.'),
  'profile-fixed': error('value', 'A profile allows one value only.'),
  'profile-pattern': error('value', 'A profile wants something in this value that is not there.'),
  'profile-length': error('too-long', 'A profile does not allow so long a text.'),
  'profile-range': error('value', 'A profile does not allow this value.'),
  'profile-target': error('structure', 'A profile does not allow a reference to this.'),
  'profile-binding': error('code-invalid', 'A profile takes a code of another set.'),
  'profile-binding-extensible': {
    severity: 'warning',
    code: 'code-invalid',
    says: 'A profile takes a code of another set, where one fits.',
  },
  'profile-binding-not-checked': {
    severity: 'information',
    code: 'incomplete',
    says: 'A profile binds this to codes that cannot be listed here.',
  },
  'profile-must-support': {
    severity: 'information',
    code: 'informational',
    says: 'An element that a profile marks as mustSupport is not there.',
  },
  'profile-slice-closed': error('structure', 'A profile allows only its slices here.'),
  'profile-slice-order': error('structure', 'A profile wants its slices in another order.'),
  'profile-context': error('structure', 'An extension stands where its definition does not allow it.'),
  'profile-part-not-checked': {
    severity: 'information',
    code: 'incomplete',
    says: 'A part of a profile was not checked: it cannot be used here.',
  },
  'profile-not-checked': {
    severity: 'information',
    code: 'informational',
    says: 'No guide that was loaded has this profile: what it asks beyond R4 itself was not looked at.',
  },
  'profile-other-version': {
    severity: 'information',
    code: 'informational',
    says: 'No guide that was loaded has this profile in the version that is claimed: another version was taken.',
  },
  'fullurl-not-absolute': error('value', 'A fullUrl is an absolute address.'),
  'fullurl-missing': error('required', 'In a Bundle of this type an entry with a resource has a fullUrl.'),
  'fullurl-id': error('value', 'The fullUrl does not end with the type and id that its resource has.'),
  'request-url-mismatch': error(
    'value',
    'A PUT goes to the type and id of the resource that it brings, or to a search for it, and a POST to its type.',
  ),
  'transaction-repeated': error(
    'business-rule',
    'An entry before this one changes the same resource, which can be in a transaction only once.',
  ),
  'search-outcome': error('value', 'What stands in a searchset as the outcome of the search is an OperationOutcome.'),
  'document-entry-unreferenced': error(
    'business-rule',
    'A document has nothing but its Composition, what that refers to, directly or not, its stylesheet and Provenance.',
  ),
  'bundle-reference-unresolved': error('not-found', 'The Bundle does not hold what this reference points at.'),
  'bundle-reference-outside': {
    severity: 'warning',
    code: 'not-found',
    says: 'The Bundle does not hold what this reference points at.',
  },
  'bundle-reference-ambiguous': {
    severity: 'warning',
    code: 'value',
    says: 'More than one entry of the Bundle is what this reference points at.',
  },
  'batch-reference': error('business-rule', 'An entry of a batch does not refer to what another entry creates.'),
  'conditional-reference': error('value', 'Only a transaction has references that are searches.'),
  'issues-truncated': {
    severity: 'information',
    code: 'incomplete',
    says: 'There are more issues than were asked for.',
  },
  valid: { severity: 'information', code: 'informational', says: 'No fault was found.' },
} as const satisfies Record<string, Rule>;

export type RuleId = keyof typeof RULES;
