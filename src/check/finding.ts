import type { IssueCode, Severity } from '../lens/issue.js';
import type { Source } from '../read/source.js';
import type { RunFacts } from '../report/runFacts.js';
import type { GuideUse } from './guide/guideUse.js';

/** Where an element stands in a file: lines and columns from 1, columns in UTF-16 code units, the end after its last one. */
export interface Region {
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
}

/**
 * One thing that `clinik-fhir validate` has to say, for any of its formats. It holds no value of a record but the id in
 * `source`, which is there for files that the user asked for.
 */
export interface Finding {
  /** The stable identifier of the rule: `per-1`, `missing-element`. */
  readonly rule: string;
  readonly severity: Severity;
  /** What kind of issue it is, in FHIR's words (https://hl7.org/fhir/R4/valueset-issue-type.html). */
  readonly code: IssueCode;
  readonly message: string;
  /** The record: file, line where it begins, entry, type, id. */
  readonly source: Source;
  /** The FHIRPath location with indexes; undefined for what is wrong with a file or a whole record. */
  readonly expression: string | undefined;
  /** Of a Bundle the entry that it is in; undefined outside of its entries. */
  readonly entry?: Entry;
  /** Where the element is in its file; where the record begins if that cannot be told. */
  readonly region: Region;
  /** The lines of the element, with every value masked, and where the element is in them; undefined where there are none. */
  readonly excerpt?: Excerpt;
  /** What makes it the same finding in another run: of the rule, the path without indexes, resource type and id; no value. */
  readonly fingerprint: string;
  /** `new` counts; `known` is in the baseline; `ignored` is set aside by the configuration, for `reason`. */
  readonly state: 'new' | 'known' | 'ignored';
  readonly reason?: string;
}

/** An entry of a Bundle. */
export interface Entry {
  /** Its index, from 0; `2.1` in a nested Bundle. */
  readonly index: string;
  /** The type of its resource, if it is one of R4's. */
  readonly resourceType?: string;
}

/** A part of a file that may be shown to anybody. */
export interface Excerpt {
  /** The line that the element begins in, or a part of it. */
  readonly text: string;
  /** Where the element is in `text`: from, and to after its last character. */
  readonly start: number;
  readonly end: number;
  /** The lines of the element after the first one: four at most. The last one ends with `…` where there are more. */
  readonly below?: readonly string[];
}

/** What a whole run of `clinik-fhir validate` comes to. */
export interface ValidationSummary {
  readonly files: number;
  readonly records: number;
  /** By severity, of the findings that count. */
  readonly new: Readonly<Record<Severity, number>>;
  readonly known: number;
  readonly ignored: number;
  /** Of the findings of severity information, how many each rule has: they are counted, and reported on request only. */
  readonly remarks: readonly { readonly rule: string; readonly count: number }[];
  /** Findings of the baseline that are not there any more. */
  readonly vanished: readonly { readonly rule: string; readonly path: string; readonly count: number }[];
  readonly notChecked: NotChecked;
  /** Of a run with guides what it did with them. */
  readonly guides?: GuideUse;
  readonly run: RunFacts;
}

/** What of the input was not checked. It is no fault, and must not be taken for checked. */
export interface NotChecked {
  /** The published profiles that records claim, with how often they do; the most frequent first. */
  readonly profiles: readonly { readonly name: string; readonly count: number }[];
  /** How often records claim other profiles. Their names may be anything, and are said nowhere. */
  readonly otherProfiles: number;
  /** How many files of the folders were skipped: they have other names than inputs, or are no files. */
  readonly files: number;
  /** The endings of their names: `.log`. */
  readonly endings: readonly string[];
  /** True where the tables of code systems were not there. */
  readonly terminology: boolean;
}

/** Writes findings as they come, in one of the formats; what it returns is appended to the output. */
export interface FindingWriter {
  /** What stands before the first finding. */
  begin(): string;
  add(finding: Finding): string;
  /** A file was read to its end and its findings were added, before those of another one. Few formats say something of it. */
  file?(path: string, records: number): string;
  /** What stands after the last one. */
  end(summary: ValidationSummary): string;
}
