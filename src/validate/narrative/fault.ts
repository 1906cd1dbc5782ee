/** One thing wrong with a narrative's div. The diagnostics quote names that HTML has, and never text of the record. */
export interface NarrativeFault {
  /** A rule of ours, or the invariant of https://hl7.org/fhir/R4/narrative.html#Narrative that fails. */
  readonly id: 'narrative-not-xhtml' | 'narrative-nesting' | 'txt-1' | 'txt-2';
  readonly diagnostics: string;
}
