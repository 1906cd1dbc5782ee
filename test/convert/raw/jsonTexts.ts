import fc from 'fast-check';

/** A JSON value whose text is open: numbers by their digits, objects by their members, in order. */
export type Written =
  | string
  | { readonly digits: string }
  | readonly Written[]
  | { readonly members: readonly (readonly [key: string, value: Written])[] };

export const object = (members: readonly (readonly [string, Written | undefined])[]): Written => ({
  members: members.flatMap(([key, value]) => (value === undefined ? [] : [[key, value] as const])),
});

const SPACES = ['', ' ', '\t', '  ', ' \t ', '\r'];

/** Choices, one after the other, again and again. */
export const choices = fc.array(fc.nat({ max: 999 }), { minLength: 1, maxLength: 40 });

/** The text of a value: white space, and which characters are escaped and how, are as the choices say. */
export function textOf(value: Written, chosen: readonly number[]): string {
  let at = 0;
  const next = (most: number): number => {
    at += 1;
    return (chosen[at % chosen.length] ?? 0) % most;
  };
  const space = (): string => SPACES[next(SPACES.length)] ?? '';
  const hex = (unit: number): string => {
    const digits = unit.toString(16).padStart(4, '0');
    return `\\u${next(2) === 0 ? digits : digits.toUpperCase()}`;
  };
  const quoted = (text: string): string => {
    const units = text.split('').map((unit) => {
      const how = next(9);
      if (how === 0) return hex(unit.charCodeAt(0));
      if (how === 1 && unit === '/') return '\\/';
      // A lone half of a pair has no UTF-8.
      return /[\ud800-\udfff]/.test(unit) ? hex(unit.charCodeAt(0)) : JSON.stringify(unit).slice(1, -1);
    });
    return `"${units.join('')}"`;
  };
  const listed = (open: string, items: readonly string[], close: string): string =>
    `${open}${space()}${items.map((item) => `${space()}${item}${space()}`).join(',')}${space()}${close}`;
  const write = (one: Written): string => {
    if (typeof one === 'string') return quoted(one);
    if (isList(one)) return listed('[', one.map(write), ']');
    if ('digits' in one) return one.digits;
    return listed(
      '{',
      one.members.map(([key, item]) => `${quoted(key)}${space()}:${space()}${write(item)}`),
      '}',
    );
  };
  return write(value);
}

function isList(value: Written): value is readonly Written[] {
  return Array.isArray(value);
}

const TOKEN = /"(?:[^"\\]|\\.)*"|[{}[\],:]|[^\s{}[\],:"]+|\s+/g;

/** The tokens of a JSON text, white space too: together they are the text. */
export function tokensOf(text: string): string[] {
  return text.match(TOKEN) ?? [];
}

/** The same text where the string of each key `reference` is another one, if there is one for it. */
export function withReferences(text: string, other: (reference: string) => string | undefined): string {
  const tokens = tokensOf(text);
  const isWhite = (token: string | undefined): boolean => token?.trim() === '';
  for (const [index, token] of tokens.entries()) {
    if (!token.startsWith('"') || JSON.parse(token) !== 'reference') continue;
    let colon = index + 1;
    while (isWhite(tokens[colon])) colon += 1;
    if (tokens[colon] !== ':') continue;
    let value = colon + 1;
    while (isWhite(tokens[value])) value += 1;
    const said = tokens[value]?.startsWith('"') === true ? other(JSON.parse(tokens[value] ?? '""')) : undefined;
    if (said !== undefined) tokens[value] = JSON.stringify(said);
  }
  return tokens.join('');
}
