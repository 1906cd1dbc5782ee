import { Parser } from 'htmlparser2';
import { Layout, type Mark } from './layout.js';
import { isOrdinary, type Look, lookOf, ORDINARY } from './look.js';
import { type List, listOf } from './marker.js';
import { plainText, writtenText } from './written.js';

/** What a reader sees of a narrative. */
export interface Shown {
  readonly text: string;
  readonly marks: ReadonlySet<Mark>;
  /** True where it is nested too deep to be read. */
  readonly tooDeep: boolean;
}

/** XHTML that is nested deeper than this is not read: nobody wrote it, and it would take long. */
const MAX_TAGS = 500;

const LISTS = new Set(['ol', 'ul', 'menu', 'dir']);

/** An element that is open. */
interface Open {
  readonly name: string;
  readonly look: Look;
  /** The list of the items in it. */
  readonly list: List | undefined;
  readonly end: (() => void) | undefined;
}

/** What is around the outermost element, which is no block: it is the page. */
const PAGE: Open = { name: '', look: ORDINARY, list: undefined, end: undefined };

const SYNTAX = { recognizeSelfClosing: true, recognizeCDATA: true, decodeEntities: true };

const NO_MARKS: ReadonlySet<Mark> = new Set();

/**
 * What a reader sees of a narrative's div (https://hl7.org/fhir/R4/narrative.html): what this library wrote, to the character;
 * lines, cells and marks of any other. Where there is no element inside, white space stands as it is: older versions of this
 * library wrote lines so.
 */
export function readDiv(div: string): Shown {
  const text = plainText(div) ?? writtenText(div);
  return text === undefined ? layOut(div) : { text, marks: NO_MARKS, tooDeep: false };
}

/** Reads XHTML with a real parser, and lays it out as a browser does. */
function layOut(div: string): Shown {
  const layout = new Layout();
  const open: Open[] = [];
  let bare: string[] | undefined = [];
  let countedDown: number[] | undefined;
  let tooDeep = false;
  const itemsCountedDown = (): number => {
    countedDown ??= itemsOfReversed(div);
    return countedDown.shift() ?? 1;
  };
  const parser = new Parser(
    {
      onopentag(prefixed, attributes, isImplied) {
        if (open.length >= MAX_TAGS) {
          tooDeep = true;
          parser.reset();
          return;
        }
        const name = localName(prefixed);
        const around = open.at(-1) ?? PAGE;
        const own = lookOf(name, attributes, around.look);
        if (open.length > 0 || own.script !== '' || !isOrdinary(own)) bare = undefined;
        const look = open.length > 0 ? own : { ...own, block: false };
        // `</br>` begins none: in XHTML it ends one.
        const begins = look.shown && !isImplied;
        const end = begins ? layout.begin({ name, attributes, look, list: around.list }) : undefined;
        const list = LISTS.has(name) ? listOf(name, attributes, look.listStyle, itemsCountedDown) : around.list;
        open.push({ name, look, list, end });
      },
      ontext(text) {
        const { look, name } = open.at(-1) ?? PAGE;
        layout.say(text, look, name);
        bare?.push(text);
      },
      onclosetag() {
        open.pop()?.end?.();
      },
    },
    SYNTAX,
  );
  parser.end(div);
  return { text: tooDeep ? '' : (bare?.join('') ?? layout.text()), marks: layout.marks, tooDeep };
}

/** How many items each list has that counts down, in the order in which they begin. */
function itemsOfReversed(div: string): number[] {
  const counts: { items: number }[] = [];
  const open: ({ items: number } | undefined)[] = [];
  const parser = new Parser(
    {
      onopentag(prefixed, attributes) {
        const name = localName(prefixed);
        const list = open.at(-1);
        if (name === 'li' && list !== undefined) list.items += 1;
        if (name === 'ol' && attributes.reversed !== undefined) {
          const reversed = { items: 0 };
          counts.push(reversed);
          open.push(reversed);
        } else open.push(LISTS.has(name) ? undefined : list);
      },
      onclosetag() {
        open.pop();
      },
    },
    SYNTAX,
  );
  parser.end(div);
  return counts.map(({ items }) => items);
}

function localName(prefixed: string): string {
  return prefixed.slice(prefixed.indexOf(':') + 1);
}
