/** One thing wrong with a narrative's div. The diagnostics quote names that HTML has, and never text of the record. */
export interface NarrativeFault {
  /** A rule of ours, or the invariant of https://hl7.org/fhir/R4/narrative.html#Narrative that fails. */
  readonly id: 'narrative-not-xhtml' | 'narrative-nesting' | 'txt-1' | 'txt-2';
  readonly diagnostics: string;
}

/** What a narrative says of places inside of its resource. */
export interface Anchors {
  /** The ids of its elements, each as often as it stands there. */
  readonly ids: readonly string[];
  /** The `#id`s that its images and links lead to (https://hl7.org/fhir/R4/narrative.html#images). */
  readonly fragments: readonly string[];
}

/** What was read of a narrative: what is wrong with it, and its anchors as far as it is well-formed. */
export interface Narrative extends Anchors {
  readonly faults: readonly NarrativeFault[];
}
