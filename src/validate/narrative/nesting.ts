// What may stand in what: the content models of XHTML 1.0 (https://www.w3.org/TR/xhtml1/dtds.html), as far as narratives have its
// elements. Where its strict and its transitional form differ, the wider one counts, and what takes blocks is not asked which.

const words = (text: string): readonly string[] => text.split(' ');

const BLOCKS = words('address blockquote div dl h1 h2 h3 h4 h5 h6 hr ol p pre table ul');
const INLINES = words(
  'a abbr acronym b bdo big br cite code dfn em i img kbd map q samp small span strong sub sup tt var',
);
const INLINE: ReadonlySet<string> = new Set(INLINES);

const CONTENT: ReadonlyMap<string, ReadonlySet<string>> = new Map([
  ...words('address caption dt h1 h2 h3 h4 h5 h6 p pre').map((name) => [name, INLINE] as const),
  ...INLINES.map((name) => [name, INLINE] as const),
  ...words('area br col hr img').map((name) => [name, new Set<string>()] as const),
  ['a', new Set(INLINES.filter((name) => name !== 'a'))],
  ['map', new Set([...BLOCKS, 'area'])],
  ['colgroup', new Set(['col'])],
  ['dl', new Set(['dd', 'dt'])],
  ['ol', new Set(['li'])],
  ['ul', new Set(['li'])],
  ['table', new Set(words('caption col colgroup tbody tfoot thead tr'))],
  ...words('tbody tfoot thead').map((name) => [name, new Set(['tr'])] as const),
  ['tr', new Set(['td', 'th'])],
]);

const TEXTLESS: ReadonlySet<string> = new Set(
  words('area br col colgroup dl hr img map ol table tbody tfoot thead tr ul'),
);

/** The elements that take blocks and lines alike. */
const FLOWS: ReadonlySet<string> = new Set(words('blockquote dd div li td th'));

/** The parts of lists, tables and maps, which stand in nothing else. */
const PARTS: ReadonlySet<string> = new Set(words('area caption col colgroup dd dt li tbody td tfoot th thead tr'));

/** True where an element may stand in another; also where one of them is none of R4's narratives, and in what takes blocks. */
export function mayContain(parent: string, child: string): boolean {
  const content = CONTENT.get(parent);
  if (content === undefined) return !(FLOWS.has(parent) && PARTS.has(child));
  return content.has(child) || !(CONTENT.has(child) || FLOWS.has(child));
}

/** True where text other than white space may stand in an element. */
export const mayHoldText = (element: string): boolean => !TEXTLESS.has(element);
