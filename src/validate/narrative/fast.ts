import { hasOnlyXmlChars, isSpace } from './chars.js';
import { mayContain, mayHoldText } from './nesting.js';
import { type AttributeKind, attributesOf, XHTML_NAMESPACE } from './xhtml.js';

/** The attributes that narratives are full of, each with a bit, so that one number holds those of a tag. */
const COMMON = (
  'xmlns src abbr align alt bgcolor border cellpadding cellspacing class colspan dir headers height href id lang name rel ' +
  'rowspan scope span start style summary title type valign value width xml:lang'
).split(' ');

const XMLNS_BIT = 1 << COMMON.indexOf('xmlns');
const SRC_BIT = 1 << COMMON.indexOf('src');
const ANCHOR_BITS = SRC_BIT | (1 << COMMON.indexOf('id')) | (1 << COMMON.indexOf('href'));

interface CommonAttribute {
  readonly kind: AttributeKind | 'namespace';
  readonly bit: number;
}
type CommonAttributes = ReadonlyMap<string, CommonAttribute>;

const made = new Map<string, CommonAttributes>();

/** Those of them that an element may have; undefined for an element that no narrative may have. */
function commonOf(element: string): CommonAttributes | undefined {
  const before = made.get(element);
  if (before !== undefined) return before;
  const allowed = attributesOf(element);
  if (allowed === undefined) return undefined;
  const attributes = new Map<string, CommonAttribute>();
  COMMON.forEach((name, index) => {
    const kind = name === 'xmlns' ? 'namespace' : allowed.get(name);
    if (kind !== undefined) attributes.set(name, { kind, bit: 1 << index });
  });
  made.set(element, attributes);
  return attributes;
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
  readonly open: string[];
  at: number;
  hasContent: boolean;
  /** True once something had an id, or may lead to one. */
  hasAnchors: boolean;
}

/**
 * True for a narrative's div that is surely without fault: one written as most programs write it, of nothing but tags,
 * text and common references, with common attributes. False says nothing; the full check knows.
 */
export function isCleanNarrative(div: string): boolean {
  return isClean(startOf(div));
}

/** True for such a div in which nothing has an id, nor an address, which may lead to one. */
export function isCleanWithoutAnchors(div: string): boolean {
  const scan = startOf(div);
  return isClean(scan) && !scan.hasAnchors;
}

const startOf = (div: string): Scan => ({ div, open: [], at: 0, hasContent: false, hasAnchors: false });

function isClean(scan: Scan): boolean {
  const { div } = scan;
  const isUsual = div.startsWith(div.charCodeAt(USUAL_START.length - 2) === QUOTE ? USUAL_START : OTHER_START);
  if ((!isUsual && !div.startsWith('<div ')) || !hasOnlyXmlChars(div) || div.includes(']]>')) return false;
  if (div.includes('&') && UNCOMMON_REFERENCE.test(div)) return false;
  if (isUsual) {
    scan.open.push('div');
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
  const mayHold = mayHoldText(scan.open[scan.open.length - 1] ?? '');
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
  const name = scan.open.pop();
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
  const attributes = commonOf(name);
  if (attributes === undefined) return false;
  scan.at = at;
  const seen = passAttributes(scan, name, attributes);
  if (seen < 0) return false;
  const parent = scan.open[scan.open.length - 1];
  const isRoot = parent === undefined;
  if (!isRoot && !mayContain(parent, name)) return false;
  if (isRoot !== ((seen & XMLNS_BIT) !== 0)) return false;
  if (name === 'img' && (seen & SRC_BIT) !== 0) scan.hasContent = true;
  const isEmpty = div.charCodeAt(scan.at) === SLASH;
  if (isEmpty) scan.at += 1;
  else scan.open.push(name);
  scan.at += 1;
  if (div.charCodeAt(scan.at - 1) !== GREATER) return false;
  // FHIR's JSON wants the content of the div to begin after its first '>'.
  return !isRoot || (!isEmpty && div.indexOf('>') === scan.at - 1);
}

/** The bits of the attributes up to the end of a tag; negative where there is any but a common one. */
function passAttributes(scan: Scan, element: string, attributes: CommonAttributes): number {
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
    if (end < 0 || !isPlainValue(element, attribute.kind, div.slice(at + 2, end))) return -1;
    seen |= attribute.bit;
    if ((attribute.bit & ANCHOR_BITS) !== 0) scan.hasAnchors = true;
    scan.at = end + 1;
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
