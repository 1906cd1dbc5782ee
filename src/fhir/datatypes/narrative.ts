import type { Narrative } from 'fhir/r4.js';
import { Parser } from 'htmlparser2';
import type { Codec } from '../../lens/codec.js';
import { isObject } from '../../lens/json.js';
import { report } from '../../lens/scope.js';
import type { FhirScope } from '../scope.js';
import { admitText, checkHoldable, isBlank, withinLimit } from './text.js';

/** A div without markup inside, as this library and many others write it; single quotes are as good as double ones. */
const PLAIN =
  /^\s*<div(?:\s+xmlns=(?:"http:\/\/www\.w3\.org\/1999\/xhtml"|'http:\/\/www\.w3\.org\/1999\/xhtml'))?\s*>([^<]*)<\/div>\s*$/;

const ENTITY = /&(?:amp|lt|gt|quot|apos|#13);/g;

const ENTITIES: { readonly [entity: string]: string } = {
  '&amp;': '&',
  '&lt;': '<',
  '&gt;': '>',
  '&quot;': '"',
  '&apos;': "'",
  '&#13;': '\r',
};

/**
 * The text of a narrative's XHTML (https://hl7.org/fhir/R4/narrative.html), or undefined where it has none. Without block
 * elements its white space stands as it is; with them, blocks and `br` become line breaks, table cells are set apart by
 * tabs, and other runs of white space are single spaces.
 */
export function narrativeText(div: unknown): string | undefined {
  if (typeof div !== 'string') return undefined;
  const text = plainText(div) ?? parse(div);
  return /\S/.test(text) ? text : undefined;
}

/** The text of a div that has no markup inside; undefined for any other. */
export function plainText(div: unknown): string | undefined {
  const escaped = typeof div === 'string' ? PLAIN.exec(div)?.[1] : undefined;
  return escaped === undefined || hasOtherEntities(escaped) ? undefined : unescapeText(escaped);
}

function unescapeText(escaped: string): string {
  return escaped.includes('&') ? escaped.replace(ENTITY, (entity) => ENTITIES[entity] ?? entity) : escaped;
}

function hasOtherEntities(escaped: string): boolean {
  return escaped.includes('&') && escaped.replace(ENTITY, '').includes('&');
}

const BLOCKS = new Set(
  (
    'address article aside blockquote caption center dd details dir div dl dt fieldset figcaption figure footer form h1 h2 h3 h4 ' +
    'h5 h6 header hr li main menu nav ol p pre section table tbody tfoot thead tr ul br'
  ).split(' '),
);
const CELLS = new Set(['td', 'th']);
const HIDDEN = new Set(['script', 'style', 'head', 'title']);

/** Text that was struck out is no longer said; it is kept, but marked. */
const STRUCK = new Set(['s', 'strike', 'del']);

/** XHTML that is nested deeper than this is not read: nobody wrote it, and it would take long. */
const MAX_TAGS = 500;

type Piece =
  | { readonly kind: 'text'; readonly text: string; readonly verbatim: boolean }
  | { readonly kind: 'break' }
  | { readonly kind: 'cell' };

/** Reads XHTML with a real parser; nothing where it is nested beyond all measure. */
function parse(div: string): string {
  const pieces: Piece[] = [];
  const open = { depth: 0, hidden: 0, verbatim: 0, cells: 0, superscript: false };
  let blocks = false;
  let failed = false;
  const say = (text: string): void => {
    if (open.hidden > 0 || text === '') return;
    // 10<sup>9</sup> is not 109.
    const raised = open.superscript && /^[+\-\u2212]?\d/.test(text);
    open.superscript = false;
    pieces.push({ kind: 'text', text: raised ? `^${text}` : text, verbatim: open.verbatim > 0 });
  };
  const edge = (name: string): void => {
    if (open.depth < 2 || !BLOCKS.has(name)) return;
    blocks = true;
    // A cell stays on the line of its row, whatever is in it.
    pieces.push(open.cells > 0 ? { kind: 'text', text: ' ', verbatim: false } : { kind: 'break' });
  };
  const parser = new Parser(
    {
      onopentag(prefixed, attributes) {
        const name = localName(prefixed);
        open.depth += 1;
        if (open.depth > MAX_TAGS) {
          failed = true;
          parser.reset();
          return;
        }
        edge(name);
        if (HIDDEN.has(name)) open.hidden += 1;
        if (name === 'pre') open.verbatim += 1;
        if (CELLS.has(name)) {
          pieces.push({ kind: 'cell' });
          open.cells += 1;
        }
        if (STRUCK.has(name)) say('[struck out: ');
        if (name === 'img' && attributes.alt !== undefined) say(attributes.alt);
        open.superscript = name === 'sup';
      },
      ontext: say,
      onclosetag(prefixed) {
        const name = localName(prefixed);
        if (STRUCK.has(name)) say(']');
        if (name !== 'br') edge(name);
        if (HIDDEN.has(name)) open.hidden -= 1;
        if (name === 'pre') open.verbatim -= 1;
        if (CELLS.has(name)) open.cells -= 1;
        open.superscript = false;
        open.depth -= 1;
      },
    },
    { recognizeSelfClosing: true, recognizeCDATA: true, decodeEntities: true },
  );
  parser.end(div);
  if (failed) return '';
  return blocks ? lines(pieces) : pieces.map((piece) => (piece.kind === 'text' ? piece.text : ' ')).join('');
}

function localName(prefixed: string): string {
  return prefixed.slice(prefixed.indexOf(':') + 1);
}

/** The lines of a rendering: white space collapses as a browser would have it, but for what stands in `pre`. */
function lines(pieces: readonly Piece[]): string {
  const finished: string[] = [];
  let cells: string[] | undefined;
  let words: string[] = [];
  let spaced = true;
  const endCell = (): void => {
    const text = words.join('');
    cells ??= [];
    cells.push(spaced ? text.replace(/ $/, '') : text);
    words = [];
    spaced = true;
  };
  for (const piece of pieces) {
    if (piece.kind === 'break') {
      endCell();
      finished.push((cells ?? []).join('\t'));
      cells = undefined;
    } else if (piece.kind === 'cell') {
      if (cells !== undefined || words.length > 0) endCell();
      else cells = [];
    } else {
      const text = piece.verbatim ? piece.text : piece.text.replace(/[ \t\r\n]+/g, ' ');
      const made: string = spaced && !piece.verbatim && text.startsWith(' ') ? text.slice(1) : text;
      if (made === '') continue;
      words.push(made);
      spaced = made.endsWith(' ') && !piece.verbatim;
    }
  }
  endCell();
  finished.push((cells ?? []).join('\t'));
  return finished.filter((text) => /\S/.test(text)).join('\n');
}

const MARKUP = /[&<>\r]/;

/** Text as XHTML: markup is escaped, and so is a carriage return, which XML would read as a line feed. */
export function divOf(text: string): string {
  const escaped = MARKUP.test(text) ? escapeText(text) : text;
  return `<div xmlns="http://www.w3.org/1999/xhtml">${escaped}</div>`;
}

function escapeText(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('\r', '&#13;');
}

/** True for text that a narrative can hold: something other than white space (txt-2), and only characters that XML allows. */
function isNarratable(text: string): boolean {
  return !isBlank(text) && !/[\ufffe\uffff]/.test(text);
}

/** Text from a resource that can stand as a narrative of a payload, within ClinikAPI's limit. */
export function narratable(found: string, max: number, scope: FhirScope): string | undefined {
  if (!checkHoldable(found, scope)) return undefined;
  const text = withinLimit(found, max, true, scope);
  return text !== undefined && isNarratable(text) ? text : undefined;
}

/** Text of a payload for a Narrative. It is the record itself, not a rendering of one: status `additional`. */
export function narrative(max: number): Codec<string, Narrative, FhirScope> {
  return {
    fidelity: 'lossy',
    rule: 'the text of its XHTML; written escaped, with status additional',
    schema: { type: 'string', maxLength: max },
    read(value, scope) {
      const found = isObject(value) && value.status !== 'empty' ? narrativeText(value.div) : undefined;
      return found === undefined ? undefined : narratable(found, max, scope);
    },
    write: (value) => ({ status: 'additional', div: divOf(value) }),
    admit(value, scope) {
      const text = admitText(value, scope);
      if (text === undefined || isNarratable(text)) return text;
      report(scope, {
        severity: 'error',
        code: 'value',
        id: 'narrative-not-holdable',
        diagnostics: 'A narrative needs something other than white space (txt-2), and only characters that XML allows.',
      });
      return undefined;
    },
  };
}
