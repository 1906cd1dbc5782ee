import { locator } from '../fhir/expression.js';
import { readDiv } from '../fhir/narrative/shown.js';
import { divOf, isPlainFormOf } from '../fhir/narrative/written.js';
import { systemOf, typeOfPrefix } from '../fhir/references/identity.js';
import { saidAgain } from '../fhir/saidAgain.js';
import { isOfClinik } from '../fhir/terminology/systemNames.js';
import type { Row } from '../lens/codec.js';
import type { Around, Difference, DiffLanguage, Judgement, Remedy } from '../lens/diff.js';
import { isObject, type JsonObject } from '../lens/json.js';
import type { LossReason } from '../lens/reason.js';
import type { Step } from '../lens/scope.js';
import { type Covered, coverage } from './coverage.js';

/** Narratives that only render what the elements say. */
const RENDERINGS: ReadonlySet<unknown> = new Set(['generated', 'empty']);

/**
 * How the losses of a resource are named, which of them are bookkeeping, which only say the same in another form, and why there are any.
 * `rows` are those of its mapping table.
 */
export function resourceLanguage(resourceType: string, rows: readonly Row[] = []): DiffLanguage {
  const system = systemOf(resourceType);
  const filled = FILLED[resourceType] ?? [];
  // On first use: a lens that reads nothing needs none, and an engine without a compiler takes its time for it.
  let table: ReturnType<typeof coverage> | undefined;
  const covered = (path: string): Covered => {
    table ??= coverage(resourceType, rows);
    return table(path);
  };
  return {
    locate: locator(resourceType),
    judge(difference, resource, around) {
      const { at, kind, before, noted } = difference;
      if (kind === 'added') return WRITTEN;
      const [top, below] = at;
      if (top === 'id') return BESIDE;
      if (at.length === 1 && filled.includes(top)) return isStored(resource, resourceType) ? ON_UPLOAD : NO_FIELD;
      if (top === 'identifier') return holdsOnly(before, system) ? BESIDE : NO_FIELD;
      if (top === 'text') return isObject(resource.text) && RENDERINGS.has(resource.text.status) ? SET_ASIDE : NO_FIELD;
      if (top === 'meta')
        return below === 'security' || (below === undefined && hasLabels(resource)) ? NO_FIELD : SET_ASIDE;
      if (kind === 'changed' && at[at.length - 2] === 'text') return judgeNarrative(difference, around);
      const again = saidAgain(difference, around);
      if (again !== undefined) return again === 'form' ? SAME_FORM : SAME;
      return contentLost(noted ?? reasonOf(difference, around, covered));
    },
  };
}

const WRITTEN = { class: 'record', reason: 'written' } as const;
const BESIDE = { class: 'record', reason: 'beside' } as const;
const ON_UPLOAD = { class: 'record', reason: 'on-upload' } as const;
const SET_ASIDE = { class: 'record', reason: 'no-field' } as const;
const SAME = { class: 'record', reason: 'same' } as const;
const SAME_FORM = { class: 'form', reason: 'same' } as const;
const MARKUP = { class: 'form', reason: 'markup' } as const;
const NO_FIELD = { class: 'content', reason: 'no-field' } as const;

/** What a caller can do about a reason. */
const REMEDIES: { readonly [reason in LossReason]?: Remedy } = {
  'partial-date': 'partial-dates',
  unmapped: 'id-map',
  unresolved: 'add-record',
};

/** The judgements of what is lost, by their reasons. */
const contents = new Map<LossReason, Judgement>();

function contentLost(reason: LossReason): Judgement {
  const before = contents.get(reason);
  if (before !== undefined) return before;
  const remedy = REMEDIES[reason];
  const made: Judgement = { class: 'content', reason, ...(remedy === undefined ? {} : { remedy }) };
  contents.set(reason, made);
  return made;
}

/** Why something is lost of which no reading has noted why. */
function reasonOf(
  { at, path, kind, before }: Difference,
  around: Around,
  coveredAt: (path: string) => Covered,
): LossReason {
  if (isBehindWords(at, around) || (kind === 'changed' && at[at.length - 3] === 'coding')) return 'text-only';
  if (coveredAt(path) !== 'field') return 'no-field';
  if (kind === 'changed') return 'nearest';
  return saysNoValue(before) ? 'no-value' : 'unsupported';
}

/** True for the codes of a concept and the literal of a reference, of which the words came through. */
function isBehindWords(at: readonly Step[], { after }: Around): boolean {
  const name = at[at.length - 1];
  if (name === 'reference') return after.display !== undefined;
  const isOfConcept = name === 'coding' || at[at.length - 2] === 'coding';
  return isOfConcept && (after.text !== undefined || after.display !== undefined);
}

/** True for blank text, and for what holds extensions and nothing else. */
function saysNoValue(value: unknown): boolean {
  if (typeof value === 'string') return !/\S/.test(value);
  return isObject(value) && Object.keys(value).every((key) => key === 'extension' || key === 'id');
}

/**
 * A narrative's text came through: its status and its wrapping are bookkeeping, and mark-up that changes no meaning is only its form.
 * Of any other a reading has noted that.
 */
function judgeNarrative({ at, before, after, noted }: Difference, around: Around): Judgement {
  const element = at[at.length - 1];
  if (isSameNarrative(element, before, after)) return SAME;
  if (element !== 'div' || around.before.status === 'empty') return NO_FIELD;
  if (noted !== undefined) return contentLost(noted);
  return typeof before === 'string' && divOf(readDiv(before).text) === after ? MARKUP : contentLost('markup');
}

/** What ClinikAPI fills in when it stores a record, by type. In a record of somebody else's it is content. */
const FILLED: { readonly [resourceType: string]: readonly unknown[] } = {
  DiagnosticReport: ['issued'],
  Task: ['lastModified'],
};

/** True where a path is that of an element that ClinikAPI fills in. */
export function isFilledPath(path: string): boolean {
  const [type = '', element, ...below] = path.split('.');
  return below.length === 0 && FILLED[type]?.includes(element) === true;
}

/** True for a record that ClinikAPI stores: it has the tag of its tenant, or an id of ClinikAPI's making. */
function isStored({ id, meta }: JsonObject, resourceType: string): boolean {
  const tags: readonly unknown[] = isObject(meta) && Array.isArray(meta.tag) ? meta.tag : [];
  if (tags.some((tag) => isObject(tag) && isOfClinik(tag.system))) return true;
  return typeof id === 'string' && typeOfPrefix(id) === resourceType;
}

function isSameNarrative(element: unknown, before: unknown, after: unknown): boolean {
  return element === 'status' || (element === 'div' && isPlainFormOf(before, after));
}

/** True for a single identifier of a system; ClinikAPI's own is the record's id, which `fromFhir` gives beside the payload. */
function holdsOnly(identifiers: unknown, system: string): boolean {
  const all: readonly unknown[] = Array.isArray(identifiers) ? identifiers : [identifiers];
  return all.length < 2 && all.every((identifier) => isObject(identifier) && identifier.system === system);
}

/** Security labels are not bookkeeping: they protect the record. */
function hasLabels({ meta }: JsonObject): boolean {
  return isObject(meta) && meta.security !== undefined;
}
