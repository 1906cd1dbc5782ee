import type { Severity } from '../../lens/issue.js';
import type { Finding } from '../finding.js';
import { pathOf } from '../fingerprint.js';

/** The lines of one file that findings are in. */
export interface Stretch {
  readonly file: string;
  first: number;
  last: number;
}

/** What is known of the findings of one rule at one path, over a whole run. */
export interface Group {
  readonly severity: Severity;
  readonly state: Finding['state'];
  /** The path without indexes; of what is in a Bundle the one in its resource. */
  readonly path: string;
  count: number;
  /** How many records, and how many files, they are in. */
  records: number;
  files: number;
  /** The first findings: as many as are shown at most. */
  readonly kept: Finding[];
  /** Where the others are: the first files of them, and how many files there are besides. */
  readonly rest: Stretch[];
  otherFiles: number;
  /** The file of the last one that was not kept. */
  last: string;
  /** The record and the file of the last finding. */
  lastRecord: string;
  lastFile: string;
}

/** The findings of a run, as far as a report for people needs them. */
export interface FindingGroups {
  add(finding: Finding): void;
  /** How many there were. */
  readonly count: number;
  /** All of them, where there are no more than were asked for; empty otherwise. */
  all(): readonly Finding[];
  /** In the order in which each came first. */
  groups(): readonly Group[];
}

/** How many findings of a group are kept. */
export const EXAMPLES = 3;

/** How many files are named. */
export const NAMED_FILES = 2;

/**
 * So many groups are told apart of each severity; what comes later is counted by its rule only. It bounds the memory of a run over
 * files that are made to have ever longer paths.
 */
const MOST_GROUPS = 500;

/** Collects the findings of a run in bounded memory: the first `most`, and those of each rule and path by their counts. */
export function findingGroups(most: number): FindingGroups {
  const groups = new Map<string, Group>();
  const made = new Map<string, number>();
  const first: Finding[] = [];
  let count = 0;
  return {
    add(finding) {
      count += 1;
      if (count <= most) first.push(finding);
      else first.length = 0;
      const { rule, severity, state } = finding;
      const kind = `${severity} ${state}`;
      const path = groupPath(finding);
      const key = `${kind} ${rule} ${path}`;
      let group = groups.get(key);
      if (group === undefined) {
        const before = made.get(kind) ?? 0;
        if (before >= MOST_GROUPS) return;
        made.set(kind, before + 1);
        group = { severity, state, path, ...NOTHING, kept: [], rest: [] };
        groups.set(key, group);
      }
      addTo(group, finding);
    },
    get count() {
      return count;
    },
    all: () => first,
    groups: () => [...groups.values()],
  };
}

const NOTHING = { count: 0, records: 0, files: 0, otherFiles: 0, last: '', lastRecord: '', lastFile: '' };

/** In a Bundle the path in the resource of the entry: one rule of one type is one group wherever it breaks. */
function groupPath({ expression, entry }: Finding): string {
  const path = pathOf(expression);
  return entry === undefined ? path : path.replace(IN_ENTRIES, entry.resourceType ?? 'Resource');
}

const IN_ENTRIES = /^Bundle(?:\.entry\.resource)+(?=\.|$)/;

function addTo(group: Group, finding: Finding): void {
  const { file, line, entry = '' } = finding.source;
  const record = `${line} ${entry}`;
  // A record, and a file, has all of its findings before the next one has any.
  const isOther = group.count === 0 || file !== group.lastFile;
  if (isOther) group.files += 1;
  if (isOther || record !== group.lastRecord) group.records += 1;
  group.lastFile = file;
  group.lastRecord = record;
  group.count += 1;
  if (group.kept.length < EXAMPLES) {
    group.kept.push(finding);
    return;
  }
  const isNew = file !== group.last;
  group.last = file;
  if (isNew && group.rest.length >= NAMED_FILES) group.otherFiles += 1;
  else if (isNew || group.otherFiles === 0) note(group.rest, file, finding.region.line);
}

/** Adds a line to the stretches of files, the last of which may go on. */
export function note(stretches: Stretch[], file: string, line: number): void {
  const before = stretches.at(-1);
  if (before === undefined || before.file !== file) stretches.push({ file, first: line, last: line });
  else {
    before.first = Math.min(before.first, line);
    before.last = Math.max(before.last, line);
  }
}
