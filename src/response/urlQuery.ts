import { wellFormed } from '../fhir/datatypes/text.js';

/** The parameters of a URL, each with its values; undefined where an escape in it is none. */
export function readQuery(url: string): ReadonlyMap<string, readonly string[]> | undefined {
  const [address = ''] = url.split('#', 1);
  const start = address.indexOf('?') + 1;
  const found = new Map<string, readonly string[]>();
  if (start === 0) return found;
  for (const part of address.slice(start).split('&')) {
    if (part === '') continue;
    const end = part.includes('=') ? part.indexOf('=') : part.length;
    const name = decoded(part.slice(0, end));
    const value = decoded(part.slice(end + 1));
    if (name === undefined || value === undefined) return undefined;
    found.set(name, [...(found.get(name) ?? []), value]);
  }
  return found;
}

/** An address with parameters, percent-encoded; those that are undefined are left out. */
export function withQuery(
  address: string,
  parameters: { readonly [name: string]: string | number | readonly string[] | undefined },
): string {
  const parts = Object.entries(parameters).flatMap(([name, given]) =>
    [given ?? []].flat().map((value) => `${encoded(name)}=${encoded(String(value))}`),
  );
  return parts.length === 0 ? address : `${address}?${parts.join('&')}`;
}

function decoded(text: string): string | undefined {
  try {
    return decodeURIComponent(text.replace(/\+/g, ' '));
  } catch {
    return undefined;
  }
}

/** A lone surrogate has no UTF-8: it becomes U+FFFD. */
function encoded(text: string): string {
  return encodeURIComponent(wellFormed(text));
}
