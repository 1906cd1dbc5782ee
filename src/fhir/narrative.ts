import type { Narrative } from 'fhir/r4.js';
import { Parser } from 'htmlparser2';
import type { Codec } from '../lens/codec.js';
import { isObject } from '../lens/json.js';
import { report } from '../lens/scope.js';
import type { FhirScope } from './scope.js';
import { admitText, checkHoldable, withinLimit } from './text.js';

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

type Piece =
  | { readonly kind: 'text'; readonly text: string; readonly verbatim: boolean }
  | { readonly kind: 'break' }
  | { readonly kind: 'cell' };

/** Reads XHTML with a real parser. */
function parse(div: string): string {
  const pieces: Piece[] = [];
  let depth = 0;
  let hidden = 0;
  let verbatim = 0;
  let blocks = false;
  const edge = (name: string): void => {
    if (depth > 1 && BLOCKS.has(name)) {
      blocks = true;
      pieces.push({ kind: 'break' });
    }
  };
  const parser = new Parser(
    {
      onopentag(name, attributes) {
        depth += 1;
        edge(name);
        if (HIDDEN.has(name)) hidden += 1;
        if (name === 'pre') verbatim += 1;
        if (CELLS.has(name)) pieces.push({ kind: 'cell' });
        const alternative = name === 'img' ? attributes.alt : undefined;
        if (alternative !== undefined) pieces.push({ kind: 'text', text: alternative, verbatim: false });
      },
      ontext(text) {
        if (hidden === 0) pieces.push({ kind: 'text', text, verbatim: verbatim > 0 });
      },
      onclosetag(name) {
        if (name !== 'br') edge(name);
        if (HIDDEN.has(name)) hidden -= 1;
        if (name === 'pre') verbatim -= 1;
        depth -= 1;
      },
    },
    { recognizeSelfClosing: true, decodeEntities: true },
  );
  parser.end(div);
  return blocks ? lines(pieces) : pieces.map((piece) => (piece.kind === 'text' ? piece.text : ' ')).join('');
}

/** The lines of a rendering: white space collapses as a browser would have it, but for what stands in `pre`. */
function lines(pieces: readonly Piece[]): string {
  const finished: string[] = [];
  let line = '';
  for (const piece of pieces) {
    if (piece.kind === 'break') {
      finished.push(line.trimEnd());
      line = '';
    } else if (piece.kind === 'cell') line = line === '' ? '' : `${line.trimEnd()}\t`;
    else if (piece.verbatim) line += piece.text;
    else {
      const text = piece.text.replace(/[ \t\r\n]+/g, ' ');
      line += line === '' || /\s$/.test(line) ? text.trimStart() : text;
    }
  }
  finished.push(line.trimEnd());
  return finished.filter((text) => text !== '').join('\n');
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
  return /\S/.test(text) && !/[\ufffe\uffff]/.test(text);
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
      const found = isObject(value) ? narrativeText(value.div) : undefined;
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
