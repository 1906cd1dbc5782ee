import type { RuleId } from '../rules.js';
import { entryInFocus, report, type Walk } from '../walk.js';
import { type BundleIndex, hasMethod, resourceOf } from './bundleIndex.js';

/** The first resource of a Bundle, and its references to what the Bundle must hold. */
interface Header {
  readonly type: string;
  readonly paths: ReadonlySet<string>;
  readonly says: string;
}

/** What R4 expects of the references in a Bundle of one type. */
interface Expectation {
  readonly header?: Header;
  /** The rule that a URN breaks when no entry has it. */
  readonly urn: RuleId;
  /** Where a relative reference that no entry's fullUrl explains belongs to: a server, or nowhere. */
  readonly relative: 'server' | 'nowhere';
}

/** https://hl7.org/fhir/R4/documents.html#content: "SHALL be included in the bundle when the document is assembled". */
const DOCUMENT: Expectation = {
  header: {
    type: 'Composition',
    paths: new Set([
      'subject',
      'encounter',
      'author',
      'attester.party',
      'custodian',
      'event.detail',
      'section.author',
      'section.focus',
      'section.entry',
    ]),
    says: 'A document holds what its Composition refers to here.',
  },
  urn: 'bundle-reference-unresolved',
  relative: 'nowhere',
};

/**
 * https://hl7.org/fhir/R4/messageheader-definitions.html: the focus "is always included in the bundle that is the full message",
 * the details "SHALL be contained in the bundle". What these refer to only should be.
 */
const MESSAGE: Expectation = {
  header: {
    type: 'MessageHeader',
    paths: new Set(['focus', 'response.details']),
    says: 'A message holds what its MessageHeader refers to here.',
  },
  urn: 'bundle-reference-unresolved',
  relative: 'nowhere',
};

/**
 * "References to resources that are not part of the bundle are left untouched" (https://hl7.org/fhir/R4/http.html#trules): a
 * relative one is the server's. A URN can only be one that resolves "within the transaction"
 * (https://hl7.org/fhir/R4/references.html#literal).
 */
const REQUEST: Expectation = { urn: 'bundle-reference-unresolved', relative: 'server' };

const COLLECTION: Expectation = { urn: 'bundle-reference-outside', relative: 'nowhere' };

/** What a server gives back, it may give in part: nothing is expected of other types. */
const EXPECTED: ReadonlyMap<unknown, Expectation> = new Map([
  ['document', DOCUMENT],
  ['message', MESSAGE],
  ['transaction', REQUEST],
  ['batch', REQUEST],
  ['collection', COLLECTION],
]);

const MEANINGLESS =
  'A relative reference has a meaning only as [type]/[id], in an entry whose fullUrl is the address of a resource on a server.';
const SAME_IDENTITY = 'The Bundle holds a resource of this type and id, but this reference does not lead to its entry.';
const TO_BE_CREATED =
  'The Bundle creates a resource of this type and id, but this reference means one that the server has already.';

/**
 * Checks the literal reference in focus, inside of a Bundle: it leads where R4 wants it to
 * (https://hl7.org/fhir/R4/bundle.html#references).
 */
export function checkInBundle(reference: string, walk: Walk): void {
  const { bundle } = walk;
  const expected = EXPECTED.get(bundle?.type);
  if (bundle === undefined || expected === undefined) return;
  const entry = entryInFocus(walk, bundle);
  const lead = bundle.follow(reference, entry);
  if (typeof lead === 'number') {
    // "References within a Bundle.entry.resource to another Bundle.entry.resource that is being created within the batch are
    // considered to be non-conformant" (https://hl7.org/fhir/R4/http.html#brules).
    const isCreated = bundle.type === 'batch' && lead !== entry && hasMethod(bundle.entries[lead], 'POST');
    if (isCreated) report(walk, 'batch-reference');
    return;
  }
  switch (lead) {
    case 'ambiguous':
      report(walk, 'bundle-reference-ambiguous');
      break;
    case 'conditional':
      if (bundle.type !== 'transaction') report(walk, 'conditional-reference');
      break;
    case 'absent':
      report(walk, expected.urn);
      break;
    case 'elsewhere':
    case 'meaningless':
      checkOutside(reference, lead, expected, bundle, entry, walk);
  }
}

/** Checks a reference that leads out of the Bundle, or nowhere. */
function checkOutside(
  reference: string,
  lead: 'elsewhere' | 'meaningless',
  expected: Expectation,
  bundle: BundleIndex,
  entry: number,
  walk: Walk,
): void {
  const { header, relative } = expected;
  if (header !== undefined && mustBeInside(header, bundle, entry, walk)) {
    const reason = reasonOf(reference, lead, bundle);
    report(walk, 'bundle-reference-unresolved', reason === '' ? header.says : reason);
  } else if (lead === 'meaningless' && relative === 'nowhere') {
    report(walk, 'bundle-reference-outside', reasonOf(reference, lead, bundle));
  } else if (lead === 'meaningless' && bundle.creates(reference)) {
    report(walk, 'bundle-reference-outside', TO_BE_CREATED);
  }
}

/** True for a reference of the Composition or MessageHeader whose target R4 wants in the Bundle. */
function mustBeInside(header: Header, bundle: BundleIndex, entry: number, walk: Walk): boolean {
  if (entry !== 0 || resourceOf(bundle.entries[0])?.resourceType !== header.type) return false;
  // A glance does not know where it is.
  if (walk.isGlance) walk.isInDoubt = true;
  const { names, depth } = walk;
  const [place, ...path] = names.slice(bundle.depth + 2, depth + 1);
  return place === 'resource' && header.paths.has(path.join('.').replace(/^(section\.)+/, 'section.'));
}

function reasonOf(reference: string, lead: 'elsewhere' | 'meaningless', bundle: BundleIndex): string {
  const reasons = [bundle.holds(reference) ? SAME_IDENTITY : '', lead === 'meaningless' ? MEANINGLESS : ''];
  return reasons.filter((reason) => reason !== '').join(' ');
}
