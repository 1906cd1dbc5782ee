/** How an element's text is shown, as far as that changes what a reader reads. */
export interface Look {
  /** What becomes of white space: runs of it are one space; or lines stay; or all of it stays. */
  readonly space: 'collapse' | 'lines' | 'preserve';
  /** False in what takes no place at all. */
  readonly shown: boolean;
  /** False in what takes its place, and cannot be seen. */
  readonly visible: boolean;
  readonly struck: boolean;
  /** True where its words stand on lines of their own. */
  readonly block: boolean;
  /** `^` for raised text, `_` for lowered. */
  readonly script: '^' | '_' | '';
  /** True where it has a colour of its own, which text cannot have. */
  readonly coloured: boolean;
  /** What stands before an item, or before each item of a list, where a style says so. */
  readonly listStyle: string | undefined;
}

/** How text is shown where nothing says otherwise. */
export const ORDINARY: Look = {
  space: 'collapse',
  shown: true,
  visible: true,
  struck: false,
  block: false,
  script: '',
  coloured: false,
  listStyle: undefined,
};

const BLOCKS = new Set(
  (
    'address article aside blockquote caption center dd details dir div dl dt fieldset figcaption figure footer form h1 h2 h3 h4 ' +
    'h5 h6 header hr legend li main menu nav ol p pre section summary table tbody tfoot thead tr ul'
  ).split(' '),
);

/** What a browser never shows. */
const UNSEEN = new Set(['script', 'style', 'head', 'title', 'template']);

/** Text that was struck out is no longer said. */
const STRUCK = new Set(['s', 'strike', 'del']);

const SPACES: { readonly [value: string]: Look['space'] } = {
  normal: 'collapse',
  nowrap: 'collapse',
  pre: 'preserve',
  'pre-wrap': 'preserve',
  'break-spaces': 'preserve',
  'pre-line': 'lines',
};

/** True for an element whose content is no text for a reader. */
export function isUnseen(name: string): boolean {
  return UNSEEN.has(name);
}

/** How an element is shown within one that is shown so. Styles are those of its own attributes: a narrative has no others. */
export function lookOf(name: string, attributes: { readonly [name: string]: string }, around: Look): Look {
  const style = attributes.style === undefined ? NO_STYLE : declarations(attributes.style);
  const display = style.get('display') ?? (attributes.hidden === undefined ? undefined : 'none');
  const visibility = style.get('visibility');
  return {
    space: SPACES[style.get('white-space') ?? ''] ?? (name === 'pre' ? 'preserve' : around.space),
    shown: around.shown && display !== 'none' && !UNSEEN.has(name),
    visible: visibility === undefined || visibility === 'inherit' ? around.visible : visibility === 'visible',
    struck: around.struck || STRUCK.has(name) || isStruck(attributes.class, style),
    block: isBlock(style, BLOCKS.has(name)),
    script: scriptOf(name, style.get('vertical-align')),
    coloured:
      around.coloured ||
      COLOURS.some((property) => style.has(property)) ||
      attributes.color !== undefined ||
      attributes.bgcolor !== undefined,
    listStyle: style.get('list-style-type') ?? style.get('list-style'),
  };
}

const COLOURS = ['color', 'background', 'background-color'];

const NO_STYLE: ReadonlyMap<string, string> = new Map();

function declarations(style: string): Map<string, string> {
  const found = new Map<string, string>();
  for (const declaration of style.replace(/\/\*.*?\*\//gs, '').split(';')) {
    const colon = declaration.indexOf(':');
    if (colon < 0) continue;
    const value = declaration
      .slice(colon + 1)
      .toLowerCase()
      .replace('!important', '')
      .trim();
    if (value !== '') found.set(declaration.slice(0, colon).trim().toLowerCase(), value);
  }
  return found;
}

/** R4's class for it (https://hl7.org/fhir/R4/narrative.html#css), or a style. */
function isStruck(classes: string | undefined, style: ReadonlyMap<string, string>): boolean {
  if (classes?.split(/\s+/).includes('strikethrough') === true) return true;
  return ['text-decoration', 'text-decoration-line'].some(
    (property) => style.get(property)?.split(' ').includes('line-through') === true,
  );
}

function isBlock(style: ReadonlyMap<string, string>, otherwise: boolean): boolean {
  // What floats is set apart from what it stands in.
  if (/^(?:left|right)$/.test(style.get('float') ?? '') || /^(?:absolute|fixed)$/.test(style.get('position') ?? ''))
    return true;
  const display = style.get('display') ?? '';
  if (/^(?:block|flex|grid|list-item|flow-root|table)/.test(display)) return true;
  return /^(?:inline|contents)/.test(display) ? false : otherwise;
}

function scriptOf(name: string, align: string | undefined): Look['script'] {
  if (align === 'super' || align === 'sub') return align === 'super' ? '^' : '_';
  if (align === 'baseline') return '';
  if (name === 'sup') return '^';
  return name === 'sub' ? '_' : '';
}
