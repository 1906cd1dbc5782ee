import type { Severity } from '../lens/issue.js';
import type { Source } from '../read/source.js';

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
  readonly message: string;
  /** The record: file, line where it begins, entry, type, id. */
  readonly source: Source;
  /** The FHIRPath location with indexes; undefined for what is wrong with a file or a whole record. */
  readonly expression: string | undefined;
  /** Where the element is in its file; where the record begins if that cannot be told. */
  readonly region: Region;
  /** The line of the element, with every value masked, and where the element is in it; undefined where there is none. */
  readonly excerpt?: Excerpt;
  /** What makes it the same finding in another run: of the rule, the path without indexes, resource type and id; no value. */
  readonly fingerprint: string;
  /** `new` counts; `known` is in the baseline; `ignored` is set aside by the configuration, for `reason`. */
  readonly state: 'new' | 'known' | 'ignored';
  readonly reason?: string;
}

/** A part of a line that may be shown to anybody. */
export interface Excerpt {
  readonly text: string;
  /** Where the element is in `text`: from, and to after its last character. */
  readonly start: number;
  readonly end: number;
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
