/** An expression of R4 that cannot do what its own words ask, and what stands for it here. */
export interface Repair {
  /** The invariant, or `key@Type.path` where a key has several meanings. */
  readonly key: string;
  readonly expression: string;
  readonly reason: string;
}

/** The invariants that ask for a name that programs can use; all have the same expression. */
const NAMES = (
  'adf cpb cid csd cpd cmd ees evd evi evv esc gdf ig lib mea msd nsd opd pdf que rsd red rvs spd sdf smp tcp tst vsd' as const
).split(' ');

/** The invariants that ask for a patient in a consent of some scope. */
const SCOPES = [
  ['ppc-2', 'patient-privacy'],
  ['ppc-3', 'research'],
  ['ppc-4', 'adr'],
  ['ppc-5', 'treatment'],
] as const;

/** A character of an element's name, as eld-19 has it. */
const NAME_CHARACTER = `[^\\\\s\\\\.,:;\\'"\\\\/|?!@#$%&*()\\\\[\\\\]{}]`;

/**
 * The repaired expressions. Each has a test of its own, in test/validate/repairs.test.ts; docs/conformance.md lists them.
 *
 * An expression is repaired only where it contradicts its own words or the specification, and then as a later release of HL7's did
 * wherever one did. Many are empty, and so fail, where an optional element is absent; those ask for its value now, since an element
 * that has nothing but an extension, saying why it is absent perhaps, breaks no rule about its value either.
 */
export const REPAIRS: readonly Repair[] = [
  ...NAMES.map((prefix) => ({
    key: `${prefix}-0`,
    expression: "name.hasValue() implies name.matches('^[A-Z]([A-Za-z0-9_]){0,254}$')",
    reason:
      'A name is optional, and without one R4’s expression is empty and fails; R4B applies it where there is a name. It also lets any name pass that has a capital letter somewhere, since matches() finds parts; R5 anchors it.',
  })),
  {
    key: 'app-4',
    expression: "cancelationReason.exists() implies (status = 'noshow' or status = 'cancelled')",
    reason:
      'R4 asks for the status no-show, and its code is noshow, so that an appointment that nobody came to could have no reason; R4B asks for the code.',
  },
  {
    key: 'bdl-8',
    expression: "fullUrl.hasValue() implies fullUrl.contains('/_history/').not()",
    reason:
      'A fullUrl is optional, and without one R4’s expression is empty and fails; R4B applies it where there is one.',
  },
  {
    key: 'con-3',
    expression:
      "clinicalStatus.exists() or verificationStatus.coding.where(system='http://terminology.hl7.org/CodeSystem/condition-ver-status' and code = 'entered-in-error').exists() or category.coding.where(system='http://terminology.hl7.org/CodeSystem/condition-category' and code='problem-list-item').empty()",
    reason:
      'R4 compares each category, a CodeableConcept, with a text; that is never equal, and never empty either, so that any category asks for a clinicalStatus. R4B looks at the category’s codings.',
  },
  {
    key: 'eld-16',
    expression: "sliceName.empty() or sliceName.matches('^[a-zA-Z0-9\\\\/\\\\-_\\\\[\\\\]@]+$')",
    reason:
      'R4 escapes the @, which a regular expression of XML Schema or ECMAScript does not allow; it cannot be run.',
  },
  {
    key: 'eld-19',
    expression: `path.matches('^${NAME_CHARACTER}{1,64}(\\\\.${NAME_CHARACTER}{1,64}(\\\\[x\\\\])?(:[^\\\\s\\\\.]+)?)*$')`,
    reason:
      'R4 escapes the quote and the colon, which a regular expression does not allow, and lets any path pass that has one right character, since matches() finds parts; R5 anchors it.',
  },
  {
    key: 'eld-20',
    expression: "path.matches('^[A-Za-z][A-Za-z0-9]*(\\\\.[a-z][A-Za-z0-9]*(\\\\[x\\\\])?)*$')",
    reason:
      'R4 leaves a bracket open, which a regular expression does not allow, and lets any path pass that has one letter, since matches() finds parts; eld-19 is anchored for that in R5.',
  },
  ...SCOPES.map(([key, code]) => ({
    key,
    expression: `patient.exists() or scope.coding.where(system='http://terminology.hl7.org/CodeSystem/consentscope' and code='${code}').exists().not()`,
    reason:
      'R4 looks for codes of the system ‘something’, which nobody uses, so that it never asks for a patient. This is the system of the codes that R4 gives for a scope.',
  })),
  {
    key: 'que-7',
    expression: "operator = 'exists' implies (answer is boolean)",
    reason:
      'R4 asks for the Boolean of FHIRPath, and an answer has the boolean of FHIR, so that it always fails; R4B asks for that.',
  },
  {
    key: 'que-12',
    expression: 'enableWhen.count() > 1 implies enableBehavior.exists()',
    reason: 'R4 asks for more than two where its words say more than one, as R4B does.',
  },
  {
    key: 'ras-2',
    expression: 'probability.empty() or ((probability is decimal) implies ((probability as decimal) <= 100))',
    reason:
      'A probability is optional, and without one R4’s expression is empty and fails; R4B applies it where there is a decimal one.',
  },
  {
    key: 'tim-9',
    expression: "offset.empty() or (when.exists() and when.where($this in ('C' | 'CM' | 'CD' | 'CV')).empty())",
    reason: 'R4 asks of all of when at once whether it is in a list, which can be asked of one; R5 asks of each.',
  },
];

/** Invariants that code of this library checks, since FHIRPath as it stands cannot. */
export const NATIVE: Readonly<Record<string, string>> = {
  'ele-1': 'the walk sees every property of every element anyway; the expression would have to be run on each of them',
  'dom-3':
    'R4’s expression calls as() on collections, which FHIRPath forbids, prints ids through trace(), and walks the whole resource once for each contained one',
  'ref-1':
    'R4’s expression is empty, and fails, where there is no reference, and refuses the # by which a contained resource refers to its container; and it looks through all that is contained for each reference',
  'txt-1': 'htmlChecks() is not part of FHIRPath, and answers empty in its JavaScript implementation',
  'txt-2': 'htmlChecks() is not part of FHIRPath, and answers empty in its JavaScript implementation',
};

/** Places that R4's definition of an extension leaves out, though R4's own files have the extension there. */
export const CONTEXTS: Readonly<Record<string, readonly string[]>> = {
  'http://hl7.org/fhir/StructureDefinition/structuredefinition-fhir-type': ['ElementDefinition.type'],
  'http://hl7.org/fhir/StructureDefinition/structuredefinition-normative-version': [
    'DomainResource',
    'ElementDefinition',
  ],
  'http://hl7.org/fhir/StructureDefinition/regex': ['ElementDefinition.type'],
  'http://hl7.org/fhir/StructureDefinition/valueset-concept-comments': ['CodeSystem.concept'],
};
