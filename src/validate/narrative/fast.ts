import { hasOnlyXmlChars, isSpace } from './chars.js';
import type { Narrative } from './fault.js';
import { mayContain, mayHoldText } from './nesting.js';
import { type AttributeKind, attributesOf, XHTML_NAMESPACE } from './xhtml.js';

/** The attributes that narratives are full of, each with a bit, so that one number holds those of a tag. */
const COMMON = (
  'xmlns src abbr align alt bgcolor border cellpadding cellspacing class colspan dir headers height href id lang name rel ' +
  'rowspan scope span start style summary title type valign value width xml:lang'
).split(' ');

const XMLNS_BIT = 1 << COMMON.indexOf('xmlns');
const SRC_BIT = 1 << COMMON.indexOf('src');
const ID_BIT = 1 << COMMON.indexOf('id');
const ADDRESS_BITS = SRC_BIT | (1 << COMMON.indexOf('href'));

interface CommonAttribute {
  readonly kind: AttributeKind | 'namespace';
  readonly bit: number;
}

/** What an element may have. */
interface Known {
  readonly name: string;
  readonly attributes: ReadonlyMap<string, CommonAttribute>;
  readonly mayHoldText: boolean;
  /** The elements that stood in it before, and may. */
  readonly inside: Set<Known>;
}

const made = new Map<string, Known>();

/** What is known of an element; undefined for one that no narrative may have. */
function knownOf(name: string): Known | undefined {
  const before = made.get(name);
  if (before !== undefined) return before;
  const allowed = attributesOf(name);
  if (allowed === undefined) return undefined;
  const attributes = new Map<string, CommonAttribute>();
  COMMON.forEach((attribute, index) => {
    const kind = attribute === 'xmlns' ? 'namespace' : allowed.get(attribute);
    if (kind !== undefined) attributes.set(attribute, { kind, bit: 1 << index });
  });
  const known: Known = { name, attributes, mayHoldText: mayHoldText(name), inside: new Set() };
  made.set(name, known);
  return known;
}

/** What most narratives begin with: their first tag need not be read. */
const USUAL_START = `<div xmlns="${XHTML_NAMESPACE}">`;
const OTHER_START = `<div xmlns='${XHTML_NAMESPACE}'>`;

const QUOTE = 0x22;
const HASH = 0x23;
const AMPERSAND = 0x26;
const SLASH = 0x2f;
const EQUALS = 0x3d;
const GREATER = 0x3e;

/** An `&` that is not certainly a reference to a character that XML allows. */
const UNCOMMON_REFERENCE =
  /&(?!(?:amp|lt|gt|quot|apos|#(?:9|10|13|3[2-9]|[4-9]\d|[1-9]\d\d\d?|x(?:[2-9A-Fa-f][\dA-Fa-f]|[1-9A-Ca-c][\dA-Fa-f]{2,3})));)/;

/** How far the scan of a div has come. */
interface Scan {
  readonly div: string;
  readonly open: Known[];
  at: number;
  hasContent: boolean;
  /** What is given of a narrative that has anchors. */
  anchors: { readonly ids: string[]; readonly fragments: string[] } | undefined;
}

/** What is given of a narrative that has none. */
const CLEAN: Narrative = { faults: [], ids: [], fragments: [] };

/**
 * A narrative's div that is surely without fault: one written as most programs write it, of nothing but tags,
 * text and common references, with common attributes. Undefined says nothing; the full check knows.
 */
export function cleanNarrative(div: string): Narrative | undefined {
  const scan: Scan = { div, open: [], at: 0, hasContent: false, anchors: undefined };
  if (!isClean(scan)) return undefined;
  return scan.anchors === undefined ? CLEAN : { ...CLEAN, ...scan.anchors };
}

/** True for such a div in which nothing has an id, nor leads to one. */
export const hasNoAnchors = (narrative: Narrative | undefined): boolean => narrative === CLEAN;

function isClean(scan: Scan): boolean {
  const { div } = scan;
  const isUsual = div.startsWith(div.charCodeAt(USUAL_START.length - 2) === QUOTE ? USUAL_START : OTHER_START);
  if ((!isUsual && !div.startsWith('<div ')) || !hasOnlyXmlChars(div) || div.includes(']]>')) return false;
  if (div.includes('&') && UNCOMMON_REFERENCE.test(div)) return false;
  const root = isUsual ? knownOf('div') : undefined;
  if (root !== undefined) {
    scan.open.push(root);
    scan.at = USUAL_START.length;
    if (!passText(scan) || scan.at < 0) return false;
  }
  do {
    const read = div.charCodeAt(scan.at + 1) === SLASH ? passEndTag(scan) : passStartTag(scan);
    if (!read) return false;
    if (scan.open.length === 0) return scan.hasContent && isSpace(div.slice(scan.at));
    if (!passText(scan)) return false;
  } while (scan.at >= 0);
  return false;
}

function passText(scan: Scan): boolean {
  const next = scan.div.indexOf('<', scan.at);
  const mayHold = scan.open[scan.open.length - 1]?.mayHoldText === true;
  if (!mayHold || !scan.hasContent) {
    let at = scan.at;
    while (at < next && isSpaceCode(scan.div.charCodeAt(at))) at += 1;
    if (at < next && !mayHold) return false;
    // A numeric reference may be to white space.
    scan.hasContent ||= at < next && (scan.div.charCodeAt(at) !== AMPERSAND || scan.div.charCodeAt(at + 1) !== HASH);
  }
  scan.at = next;
  return true;
}

function passEndTag(scan: Scan): boolean {
  const { name } = scan.open.pop() ?? {};
  if (name === undefined || !scan.div.startsWith(name, scan.at + 2)) return false;
  const end = scan.at + 2 + name.length;
  scan.at = end + 1;
  return scan.div.charCodeAt(end) === GREATER;
}

function passStartTag(scan: Scan): boolean {
  const { div } = scan;
  const start = scan.at + 1;
  let at = start;
  while (isNameCode(div.charCodeAt(at))) at += 1;
  const name = div.slice(start, at);
  const known = knownOf(name);
  if (known === undefined) return false;
  scan.at = at;
  const seen = passAttributes(scan, known);
  if (seen < 0) return false;
  const parent = scan.open[scan.open.length - 1];
  const isRoot = parent === undefined;
  if (!isRoot && !parent.inside.has(known)) {
    if (!mayContain(parent.name, name)) return false;
    parent.inside.add(known);
  }
  if (isRoot !== ((seen & XMLNS_BIT) !== 0)) return false;
  if (name === 'img' && (seen & SRC_BIT) !== 0) scan.hasContent = true;
  const isEmpty = div.charCodeAt(scan.at) === SLASH;
  if (isEmpty) scan.at += 1;
  else scan.open.push(known);
  scan.at += 1;
  if (div.charCodeAt(scan.at - 1) !== GREATER) return false;
  // FHIR's JSON wants the content of the div to begin after its first '>'.
  return !isRoot || (!isEmpty && div.indexOf('>') === scan.at - 1);
}

/** The bits of the attributes up to the end of a tag; negative where there is any but a common one. */
function passAttributes(scan: Scan, { name, attributes }: Known): number {
  const { div } = scan;
  let seen = 0;
  for (;;) {
    const start = scan.at;
    let at = start;
    while (isSpaceCode(div.charCodeAt(at))) at += 1;
    const begin = at;
    while (isNameCode(div.charCodeAt(at))) at += 1;
    scan.at = at;
    if (at === begin) return seen;
    const attribute = attributes.get(div.slice(begin, at));
    if (attribute === undefined || begin === start || (seen & attribute.bit) !== 0) return -1;
    const quote = div.charAt(at + 1);
    if (div.charCodeAt(at) !== EQUALS || (quote !== '"' && quote !== "'")) return -1;
    const end = div.indexOf(quote, at + 2);
    const value = end < 0 ? undefined : div.slice(at + 2, end);
    if (value === undefined || !isPlainValue(name, attribute.kind, value)) return -1;
    seen |= attribute.bit;
    scan.at = end + 1;
    const isId = attribute.bit === ID_BIT;
    if (!isId && ((attribute.bit & ADDRESS_BITS) === 0 || value.charCodeAt(0) !== HASH)) continue;
    // What references stand for is not resolved here.
    if (value.includes('&')) return -1;
    scan.anchors ??= { ids: [], fragments: [] };
    scan.anchors[isId ? 'ids' : 'fragments'].push(value);
  }
}

function isSpaceCode(code: number): boolean {
  return code === 0x20 || code === 0x0a || code === 0x0d || code === 0x09;
}

/** Lower case letters, digits and the colon: what the names of the tables are made of. */
function isNameCode(code: number): boolean {
  return (code >= 0x61 && code <= 0x7a) || (code >= 0x30 && code <= 0x3a);
}

function isPlainValue(element: string, kind: CommonAttribute['kind'], value: string): boolean {
  if (value.includes('<')) return false;
  if (kind === 'text') return true;
  if (kind === 'style') return isPlainStyle(value);
  if (kind === 'namespace') return element === 'div' && value === XHTML_NAMESPACE;
  return isPlainAddress(value) || (kind === 'image' && IMAGE_DATA.test(value));
}

const WEB = /^(?:https?:\/\/|mailto:)/;
const IMAGE_DATA = /^data: ?image\/(?:gif|jpeg|png);base64,/;
const NOT_PATH = /[^\w./-]/;

/** True for the address of a page, and for one that begins with a path, a query or a fragment, and so has no scheme. */
function isPlainAddress(value: string): boolean {
  const end = NOT_PATH.exec(value);
  return end === null || end[0] === '#' || end[0] === '?' || WEB.test(value);
}

/** What could stand for a bracket, and what loads an image that is not in the style itself. */
const UNCOMMON_STYLE = /[&@\\]|url\((?!data: ?image\/(?:gif|jpeg|png);base64,[\w+/=])/;

/** The brackets of colours by number and of backgrounds. */
const COMMON_BRACKETS = /\b(?:rgba?|background(?:-image)?: ?url)\(/g;

/** Nothing but properties, colours by number and images in the style itself. */
function isPlainStyle(value: string): boolean {
  if (UNCOMMON_STYLE.test(value)) return false;
  return !value.includes('(') || !value.replace(COMMON_BRACKETS, '').includes('(');
}
