/** An expression of R4 that cannot do what its own words ask, and what stands for it here. */
export interface Repair {
  /** The invariant, or `key@Type.path` where a key has several meanings. */
  readonly key: string;
  readonly expression: string;
  readonly reason: string;
}

/**
 * The repaired expressions. Each has a test of its own, in test/validate/repairs.test.ts; docs/conformance.md lists them.
 */
export const REPAIRS: readonly Repair[] = [
  {
    key: 'ref-1',
    expression:
      "reference.hasValue().not() or reference.startsWith('#').not() or reference = '#' or (reference.substring(1) in %rootResource.contained.id)",
    reason:
      'without a reference, with a display or an identifier alone, R4’s expression is empty, and it forbids # alone, which is how a contained resource refers to its container',
  },
  {
    key: 'bdl-8',
    expression: "fullUrl.hasValue().not() or fullUrl.contains('/_history/').not()",
    reason: 'R4’s expression is empty in an entry without a fullUrl',
  },
  {
    key: 'tim-9',
    expression:
      "offset.empty() or (when.exists() and when.where($this in ('C' | 'CM' | 'CD' | 'CV')).empty())",
    reason: 'when repeats, and R4’s expression takes a single one',
  },
];

/** Invariants that code of this library checks, since FHIRPath as it stands cannot. */
export const NATIVE: Readonly<Record<string, string>> = {
  'ele-1': 'the walk sees every property of every element anyway; the expression would have to be run on each of them',
  'dom-3':
    'R4’s expression calls as() on collections, which FHIRPath forbids, prints ids through trace(), and walks the whole resource once for each contained one',
  'txt-1': 'htmlChecks() is not part of FHIRPath, and answers empty in its JavaScript implementation',
  'txt-2': 'htmlChecks() is not part of FHIRPath, and answers empty in its JavaScript implementation',
};
