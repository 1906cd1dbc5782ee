/** How to fix what a conversion refuses and no rule of `validate` is about, by the identifier of the issue. */
export const REFUSAL_FIXES: ReadonlyMap<string, string> = new Map([
  ['resource-type', 'Give a resource of the type that was asked for.'],
  ['security-label', 'Decide who may see the record; --security-labels accept converts it without the label.'],
  ['status-entered-in-error', 'Nothing is to be sent. Delete the record where an earlier upload holds it.'],
  ['status-unsupported', 'Correct the status at the source.'],
  ['required-missing', 'Fill in the element, add the files that hold what it points at, or a row of the id map.'],
  ['list-over-limit', 'Split the record; a list is never cut.'],
  ['text-over-limit', 'Shorten the text at the source; --overflow truncate cuts prose.'],
  ['date-partial', 'Give the date a time, or choose --partial-dates omit or keep.'],
  ['section-focus', 'Send the record the raw way (--raw); if both are one, refer to them alike, or give --base-url.'],
  ['reference-unmapped', 'Add a row for the reference to the id map.'],
  ['section-text-refused', 'Give the section a text, or choose --missing-text say.'],
  ['narrative-too-deep', 'Write the narrative with fewer elements inside each other.'],
  ['code-without-value', 'Fill in the code; the record says only that there is none.'],
  ['code-only-foreign', 'Give the coding a display at the source.'],
  ['loss-not-allowed', 'Allow the loss with --allow-loss and the path, or run without --strict.'],
  ['record-too-large', 'Choose a larger --max-body, or run without --format bulk-import.'],
]);
