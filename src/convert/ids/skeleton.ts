import type { Candidate } from './candidates.js';
import { toCell } from './cells.js';
import type { IdRow } from './idRows.js';
import type { Identifier } from './people.js';

/** A row of the skeleton of an id map. */
export interface SkeletonRow extends IdRow {
  readonly identifiers: readonly Identifier[];
  /** Where lists of candidates were given. */
  readonly candidates?: readonly Candidate[];
}

/** The forms of a skeleton, both of which an id map may have. */
export type SkeletonForm = 'csv' | 'ndjson';

/** Between two things in one cell. */
const BETWEEN = '; ';

const COLUMNS = ['reference', 'id', 'type', 'identifiers', 'count', 'elements', 'in_input'] as const;
const CANDIDATE_COLUMNS = ['candidates', 'candidate_ids', 'candidate_reasons'] as const;

/** What stands before the rows. */
export function skeletonHead(form: SkeletonForm, hasCandidates: boolean): string {
  if (form === 'ndjson') return '';
  return `${[...COLUMNS, ...(hasCandidates ? CANDIDATE_COLUMNS : [])].join(',')}\n`;
}

/** A row in a form, with an id that is still to be filled in. */
export function skeletonLine(row: SkeletonRow, form: SkeletonForm): string {
  const { reference, type, identifiers, references, elements, inInput, candidates } = row;
  if (form === 'ndjson') {
    const line = { reference, id: '', type, identifiers, count: references, elements, inInput };
    return `${JSON.stringify(candidates === undefined ? line : { ...line, candidates })}\n`;
  }
  const cells = [
    reference,
    '',
    type,
    identifiers.map(({ system = '', value }) => `${system}|${value}`).join(BETWEEN),
    String(references),
    elements.join(BETWEEN),
    inInput,
    ...(candidates === undefined
      ? []
      : [
          String(candidates.length),
          candidates.map(({ id }) => id).join(BETWEEN),
          candidates.map(({ why }) => why).join(BETWEEN),
        ]),
  ];
  return `${cells.map(toCell).join(',')}\n`;
}
