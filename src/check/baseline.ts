import { isObject, own } from '../lens/json.js';
import { currentId, formerIdsIn } from '../report/renamedIds.js';
import type { Finding, ValidationSummary } from './finding.js';
import { pathOf } from './fingerprint.js';
import { parseSettings, type SettingsFile } from './settingsFile.js';

/** The version of the files that are written, and the only one that is read. */
const VERSION = 1;

/** Findings that are the same, as a baseline holds them: no id, and no value. */
interface Entry {
  readonly fingerprint: string;
  readonly rule: string;
  readonly path: string;
  readonly resourceType?: string;
  readonly count: number;
}

/** What is asked of a finding: any part of it that tells it from others. */
type Known = Pick<Finding, 'fingerprint' | 'rule' | 'expression'> & {
  readonly source: Pick<Finding['source'], 'resourceType'>;
};

/** The findings of an earlier run. */
export interface Baseline {
  /** Whether a finding was there already; each of the earlier ones stands for one of now. */
  match(finding: Pick<Finding, 'fingerprint'>): 'known' | 'new';
  /** The earlier findings that nothing was matched with, by rule and path. */
  vanished(): ValidationSummary['vanished'];
  /** The ids of rules in it that have a new name. */
  formerIds(): readonly string[];
}

/** Takes the findings of a run, to be known to later ones. */
export interface BaselineWriter {
  /** Adds a finding that counts; one that the configuration sets aside needs no baseline. */
  add(finding: Known & Pick<Finding, 'state'>): void;
  /** The file: one line for each, sorted, so that two of them differ by what has changed. */
  text(): string;
}

/** Starts a baseline. It holds one entry for all findings with the same fingerprint. */
export function baselineWriter(): BaselineWriter {
  const entries = new Map<string, Entry>();
  return {
    add({ fingerprint, rule, expression, source: { resourceType }, state }) {
      if (state === 'ignored') return;
      const count = (entries.get(fingerprint)?.count ?? 0) + 1;
      const type = resourceType === undefined ? {} : { resourceType };
      entries.set(fingerprint, { fingerprint, rule, path: pathOf(expression), ...type, count });
    },
    text() {
      const lines = [...entries.values()].sort(byPlace).map((entry) => `    ${JSON.stringify(entry)}`);
      const findings = lines.length === 0 ? '[]' : `[\n${lines.join(',\n')}\n  ]`;
      return `{\n  "version": ${VERSION},\n  "tool": "clinik-fhir",\n  "findings": ${findings}\n}\n`;
    },
  };
}

/** The baseline of all findings of a run. */
export function writeBaseline(findings: Iterable<Parameters<BaselineWriter['add']>[0]>): string {
  const writer = baselineWriter();
  for (const finding of findings) writer.add(finding);
  return writer.text();
}

function byPlace(a: Entry, b: Entry): number {
  return (
    compare(a.rule, b.rule) ||
    compare(a.resourceType ?? '', b.resourceType ?? '') ||
    compare(a.path, b.path) ||
    compare(a.fingerprint, b.fingerprint)
  );
}

/** By code units: the order must not depend on the language of the machine. */
function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/**
 * Reads a baseline.
 * @throws UsageError, with the place and what to do, for a file that is none, or one of another version.
 */
export function readBaseline(text: string, file: string): Baseline {
  const read = entriesOf(parseSettings(text, file));
  const former = new Set(read.map(({ rule }) => rule));
  const entries = read.map((entry) => ({ ...entry, rule: currentId(entry.rule) }));
  const left = new Map<string, number>();
  for (const { fingerprint, count } of entries) left.set(fingerprint, (left.get(fingerprint) ?? 0) + count);
  return {
    match({ fingerprint }) {
      const count = left.get(fingerprint) ?? 0;
      if (count > 0) left.set(fingerprint, count - 1);
      return count > 0 ? 'known' : 'new';
    },
    vanished() {
      const gone = new Map<string, { rule: string; path: string; count: number }>();
      for (const { fingerprint, rule, path } of new Map(entries.map((entry) => [entry.fingerprint, entry])).values()) {
        const count = left.get(fingerprint) ?? 0;
        const key = JSON.stringify([rule, path]);
        if (count > 0) gone.set(key, { rule, path, count: count + (gone.get(key)?.count ?? 0) });
      }
      return [...gone.values()];
    },
    formerIds: () => formerIdsIn(former),
  };
}

const REMEDY = 'Write it anew with --write-baseline.';

function entriesOf(file: SettingsFile): readonly Entry[] {
  const { value } = file;
  if (!isObject(value) || !Object.hasOwn(value, 'version'))
    throw file.fault([], `this is no baseline of clinik-fhir. ${REMEDY}`);
  const version = own(value, 'version');
  if (version !== VERSION) {
    const other = typeof version === 'number' ? ` ${version}` : '';
    throw file.fault(['version'], `this is a baseline of another version${other}; ${VERSION} is read. ${REMEDY}`);
  }
  const findings = own(value, 'findings');
  if (!Array.isArray(findings)) throw file.fault(['findings'], `the list of findings is missing. ${REMEDY}`);
  return findings.map((finding: unknown, index) => entryOf(finding, index, file));
}

function entryOf(value: unknown, index: number, file: SettingsFile): Entry {
  const entry = isObject(value) ? value : {};
  const text = (key: 'rule' | 'path' | 'fingerprint'): string => {
    const one = own(entry, key);
    if (typeof one === 'string' && (key !== 'fingerprint' || /^[0-9a-f]{16}$/.test(one))) return one;
    throw fault(key);
  };
  const fault = (key: string): Error =>
    file.fault(
      Object.hasOwn(entry, key) ? ['findings', index, key] : ['findings', index],
      `the ${key} of a finding is missing, or is none. ${REMEDY}`,
    );
  const count = own(entry, 'count');
  if (typeof count !== 'number' || !Number.isSafeInteger(count) || count < 1) throw fault('count');
  return { fingerprint: text('fingerprint'), rule: text('rule'), path: text('path'), count };
}
