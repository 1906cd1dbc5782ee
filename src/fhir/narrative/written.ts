import { rememberingLast } from './rememberingLast.js';

/** A div without markup inside, as older versions of this library and many others write it; single quotes are as good as double ones. */
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

/** The text of a div that has no markup inside; undefined for any other. */
export function plainText(div: unknown): string | undefined {
  return typeof div === 'string' ? textInside(div) : undefined;
}

const textInside = rememberingLast((div: string): string | undefined => {
  const escaped = PLAIN.exec(div)?.[1];
  return escaped === undefined || hasOtherEntities(escaped) ? undefined : unescapeText(escaped);
});

/** True for a div without markup inside that has the same text as one that this library wrote. */
export function isPlainFormOf(div: unknown, written: unknown): boolean {
  const text = plainText(div);
  return text !== undefined && divOf(text) === written;
}

const isWrapped = (div: string): boolean => div.startsWith(DIV.open) && div.endsWith(DIV.close);

function unescapeText(escaped: string): string {
  return escaped.includes('&') ? escaped.replace(ENTITY, (entity) => ENTITIES[entity] ?? entity) : escaped;
}

function hasOtherEntities(escaped: string): boolean {
  return escaped.includes('&') && escaped.replace(ENTITY, '').includes('&');
}

const DIV = { open: '<div xmlns="http://www.w3.org/1999/xhtml">', close: '</div>' };

/** `pre` shows white space wherever styles are stripped; with its style the long lines wrap. */
const PRE = { open: '<pre style="white-space: pre-wrap">', close: '</pre>' };

const TABLE = { open: '<table><tr><td>', close: '</td></tr></table>', row: '</td></tr><tr><td>', cell: '</td><td>' };

const BREAK = '<br/>';

/** White space that a browser would show as a single space, or not at all. */
const FOLDED = /[\t\n\r]|^ | {2}| $/;

const MARKUP = /[&<>\r]/;

/**
 * Text as the XHTML of a narrative, of which every browser shows the same text: plain where there is no white space but single
 * spaces; a table where its tabs make one; with `br` where it has lines only; else in `pre`. Markup is escaped, and so is a
 * carriage return, which XML would read as a line feed.
 */
export function divOf(text: string): string {
  return madeOf(text);
}

const madeOf = rememberingLast(
  (text: string) => `${DIV.open}${FOLDED.test(text) ? laidOut(text) : escapeText(text)}${DIV.close}`,
);

function laidOut(text: string): string {
  const lines = text.split('\n');
  const cells = lines.map((line) => line.split('\t'));
  if (isTable(cells)) {
    const rows = cells.map((row) => row.map(escapeText).join(TABLE.cell));
    return `${TABLE.open}${rows.join(TABLE.row)}${TABLE.close}`;
  }
  if (lines[0] !== '' && lines.at(-1) !== '' && !lines.some((line) => FOLDED.test(line)))
    return lines.map(escapeText).join(BREAK);
  // An HTML parser drops a line feed that comes first.
  const first = text.startsWith('\n') ? BREAK : '';
  return `${PRE.open}${first}${escapeText(text.slice(first === '' ? 0 : 1))}${PRE.close}`;
}

/** True where each line has as many cells as the first, at least two, of which something can be seen. */
function isTable(rows: readonly (readonly string[])[]): boolean {
  const width = rows[0]?.length ?? 0;
  return (
    width > 1 && rows.every((row) => row.length === width && row.some((cell) => /\S/.test(cell)) && !row.some(isFolded))
  );
}

function isFolded(cell: string): boolean {
  return FOLDED.test(cell);
}

function escapeText(text: string): string {
  if (!MARKUP.test(text)) return text;
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('\r', '&#13;');
}

/** The text of which this library made a div, to the character; undefined for any other div. */
export function writtenText(div: string): string | undefined {
  if (!isWrapped(div)) return undefined;
  const inner = div.slice(DIV.open.length, -DIV.close.length);
  const escaped = between(inner, PRE)?.replace(BREAK, '\n') ?? rowsOf(inner) ?? inner.replaceAll(BREAK, '\n');
  if (escaped.includes('<')) return undefined;
  const text = unescapeText(escaped);
  return divOf(text) === div ? text : undefined;
}

function rowsOf(inner: string): string | undefined {
  return between(inner, TABLE)?.replaceAll(TABLE.row, '\n').replaceAll(TABLE.cell, '\t');
}

function between(text: string, { open, close }: { readonly open: string; readonly close: string }): string | undefined {
  return text.startsWith(open) && text.endsWith(close) ? text.slice(open.length, -close.length) : undefined;
}
