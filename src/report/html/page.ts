/** How something is marked: by a word and a sign, and besides by a colour. */
export type Tone = 'good' | 'bad' | 'warning' | 'note' | 'plain';

/** A line of a file, from 1; of what has none, the file alone. */
export interface Place {
  readonly file: string;
  readonly line?: number;
}

/** What stands in a cell of a table; each text is shown as it is, never read as HTML. */
export type Cell =
  | { readonly kind: 'number'; readonly value: number }
  | { readonly kind: 'text'; readonly text: string; readonly below?: string }
  /** Names, paths and expressions, in a fixed width; `below` is a sentence about it. */
  | { readonly kind: 'code'; readonly text: string; readonly below?: string; readonly target?: string }
  /** Sorted by `rank`, from 0. */
  | { readonly kind: 'mark'; readonly text: string; readonly tone: Tone; readonly rank: number }
  /** The first places in files; those of one file stand together. */
  | { readonly kind: 'places'; readonly places: readonly Place[] }
  /** Parts of a whole; the numbers stand in other cells. */
  | { readonly kind: 'bar'; readonly parts: readonly { readonly tone: Tone; readonly value: number }[] };

/** A row, and what links lead to it by. */
export interface Row {
  readonly anchor?: string;
  readonly cells: readonly Cell[];
}

/** A column of a table. */
export interface Column {
  readonly title: string;
  /** What is said of it on hovering and to screen readers, where the title is not enough. */
  readonly hint?: string;
  /** True for one of those that share the width which the others leave. */
  readonly isWide?: true;
}

/** A part of the report: a heading, a sentence and a table. */
export interface Section {
  readonly id: string;
  readonly title: string;
  readonly intro: string;
  /** What the table holds, for who does not see it. */
  readonly caption: string;
  readonly columns: readonly Column[];
  readonly rows: readonly Row[];
  /** What is counted and not listed, below the table. */
  readonly rest?: string;
}

/** A number that the run comes to. */
export interface Figure {
  readonly label: string;
  readonly value: number;
  readonly tone: Tone;
  readonly below?: string;
}

/** A sentence above the tables that must not be overlooked. */
export interface Notice {
  readonly tone: Tone;
  readonly title: string;
  readonly text: string;
}

/** What a report shows, without a word of HTML and without a value of a record. */
export interface ReportPage {
  readonly title: string;
  /** The outcome in a few words, beside the title. */
  readonly verdict: { readonly tone: Tone; readonly text: string };
  readonly facts: readonly string[];
  readonly figures: readonly Figure[];
  readonly notices: readonly Notice[];
  readonly sections: readonly Section[];
}
