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

/** The elements that most narratives have, mostly without attributes. */
const BARE = new Set([...BLOCKS, 'a', 'b', 'br', 'em', 'i', 'small', 'span', 'strong', 'sub', 'sup', 'td', 'th', 'u']);

/** How they are shown where they have none and stand in ordinary text. */
const bareLooks = new Map<string, Look>();

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
export function lookOf(name: string, attributes: Attributes, around: Look): Look {
  for (const _ in attributes) return lookBy(name, attributes, around);
  if (!isOrdinary(around) || !BARE.has(name)) return lookBy(name, attributes, around);
  let look = bareLooks.get(name);
  if (look === undefined) {
    look = lookBy(name, attributes, around);
    bareLooks.set(name, look);
  }
  return look;
}

/** True where all that an element hands on to those inside of it is as ordinary text has it. */
export function isOrdinary({ space, shown, visible, struck, coloured }: Look): boolean {
  return space === 'collapse' && shown && visible && !struck && !coloured;
}

function lookBy(name: string, attributes: Attributes, around: Look): Look {
  const style = attributes.style === undefined ? NO_STYLE : declarations(attributes.style);
  const display = style.get('display') ?? (attributes.hidden === undefined ? undefined : 'none');
  const visibility = style.get('visibility');
  const block = isBlock(style, BLOCKS.has(name));
  return {
    space: SPACES[style.get('white-space') ?? ''] ?? (name === 'pre' ? 'preserve' : around.space),
    shown: around.shown && display !== 'none' && !UNSEEN.has(name),
    visible: visibility === undefined || visibility === 'inherit' ? around.visible : visibility === 'visible',
    struck: around.struck || STRUCK.has(name) || isStruck(attributes.class, style),
    block,
    script: scriptOf(name, style, block),
    coloured:
      around.coloured ||
      COLOURS.some((property) => style.has(property)) ||
      attributes.color !== undefined ||
      attributes.bgcolor !== undefined,
    listStyle: style.get('list-style-type') ?? style.get('list-style') ?? listClass(attributes.class),
  };
}

type Attributes = { readonly [name: string]: string };

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

/** R4's classes of lists (https://hl7.org/fhir/R4/narrative.html#css), and the styles that they stand for. */
const LIST_CLASSES: ReadonlyMap<string, string> = new Map([
  ['arabic', 'decimal'],
  ['little-roman', 'lower-roman'],
  ['big-roman', 'upper-roman'],
  ['little-alpha', 'lower-alpha'],
  ['big-alpha', 'upper-alpha'],
  ['disc', 'disc'],
  ['circle', 'circle'],
  ['square', 'square'],
  ['unlist', 'none'],
]);

function listClass(classes: string | undefined): string | undefined {
  if (classes === undefined) return undefined;
  return classes
    .split(/\s+/)
    .map((one) => LIST_CLASSES.get(one))
    .find((style) => style !== undefined);
}

const RAISED = new Set(['super', 'text-top', 'top']);
const LOWERED = new Set(['sub', 'text-bottom', 'bottom']);

/** Whether an element's text stands above or below its line: by its style, else by its name. No style moves the text of a block so. */
function scriptOf(name: string, style: ReadonlyMap<string, string>, block: boolean): Look['script'] {
  if (!block && name !== 'img') {
    const position = style.get('font-variant-position');
    if (position === 'super' || position === 'sub') return position === 'super' ? '^' : '_';
    const moved = style.get('position') === 'relative' ? movedUp(style) : undefined;
    if (moved !== undefined && moved !== 0) return moved > 0 ? '^' : '_';
    const align = alignOf(style);
    if (align !== undefined) return align;
  }
  if (name === 'sup') return '^';
  return name === 'sub' ? '_' : '';
}

function alignOf(style: ReadonlyMap<string, string>): Look['script'] | undefined {
  const align = style.get('vertical-align') ?? '';
  // Boxes beside each other are aligned by their edges, and their text is not raised by that.
  if (/^(?:top|bottom)$/.test(align) && /^inline-/.test(style.get('display') ?? '')) return undefined;
  if (RAISED.has(align)) return '^';
  if (LOWERED.has(align)) return '_';
  if (align === 'baseline' || align === 'initial') return '';
  const length = lengthOf(align);
  if (length === undefined) return undefined;
  return length > 0 ? '^' : length < 0 ? '_' : '';
}

/** How far a relative position is moved up, in whatever unit: `top` counts before `bottom`. */
function movedUp(style: ReadonlyMap<string, string>): number | undefined {
  const top = lengthOf(style.get('top'));
  return top === undefined ? lengthOf(style.get('bottom')) : -top;
}

/** The number of a length or a percentage. */
function lengthOf(value: string | undefined): number | undefined {
  const number = /^([+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?)(?:%|[a-z]+)?$/.exec(value ?? '')?.[1];
  return number === undefined ? undefined : Number(number);
}
