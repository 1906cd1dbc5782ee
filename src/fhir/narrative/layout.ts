import { Flow } from './flow.js';
import { newBudget } from './grid.js';
import { isUnseen, type Look, ORDINARY } from './look.js';
import { type List, markerOf } from './marker.js';
import { type Group, type Section, tableLines } from './table.js';

/** What a narrative has that its text says in another way, or not at all. */
export type Mark = 'hidden' | 'struck' | 'image' | 'table' | 'style';

export type Attributes = { readonly [name: string]: string };

/** An element as it begins. */
export interface Beginning {
  readonly name: string;
  readonly attributes: Attributes;
  readonly look: Look;
  /** The list around it. */
  readonly list: List | undefined;
}

const SECTIONS: { readonly [name: string]: Section } = { thead: 'head', tbody: 'body', tfoot: 'foot' };

/** Where the text of a narrative goes, element by element. */
export class Layout {
  readonly marks = new Set<Mark>();
  readonly #budget = newBudget();
  readonly #root = new Flow();
  /** The lines that are being filled: those of the narrative, or of a cell. */
  #flow = this.#root;
  /** The groups of rows of the table that is open, where no cell of it is. */
  #groups: Group[] | undefined;

  /** The lines of the whole, when all has been said. */
  text(): string {
    return this.#root
      .end()
      .map((line) => line.text)
      .join('\n');
  }

  /** Says text of an element. */
  say(text: string, look: Look, name: string): void {
    const blank = !/\S/.test(text);
    if (!look.shown || !look.visible) {
      if (!blank && !isUnseen(name)) this.marks.add('hidden');
      return;
    }
    // What stands in a table and in none of its cells is shown before it.
    if (blank && this.#groups !== undefined) return;
    if (look.struck && !blank) this.marks.add('struck');
    if (look.coloured && !blank) this.marks.add('style');
    this.#flow.text(text, look);
  }

  /** Begins an element that is shown; what it gives back ends it. */
  begin(element: Beginning): (() => void) | undefined {
    const { name, attributes, look } = element;
    if (name === 'table') return this.#table();
    if (this.#groups !== undefined) {
      if (name === 'tr') return this.#row(this.#groups);
      const section = SECTIONS[name];
      if (section !== undefined) return this.#section(section, this.#groups);
      if (name === 'td' || name === 'th') return this.#cell(element, this.#groups);
      if (name === 'caption') return this.#caption();
    }
    if (name === 'br') this.#flow.feed();
    if (name === 'td' || name === 'th') this.#flow.text(' ', ORDINARY);
    if (name === 'img') {
      this.marks.add('image');
      this.say(attributes.alt ?? '', look, name);
    }
    return this.#block(element);
  }

  #block({ name, attributes, look, list }: Beginning): (() => void) | undefined {
    const isItem = name === 'li' && look.block;
    if (!look.block && look.script === '') return undefined;
    const flow = this.#flow;
    if (look.block) flow.edge();
    if (isItem) flow.beginItem(markerOf(list, attributes.value, look.listStyle ?? attributes.type));
    if (look.script !== '') flow.beginScript(look.script);
    return () => {
      if (look.script !== '') flow.endScript();
      if (look.block) flow.edge();
      if (isItem) flow.endItem();
    };
  }

  #table(): () => void {
    const back = this.#enter(this.#flow, []);
    const groups = this.#groups ?? [];
    this.#flow.edge();
    return () => {
      back();
      this.#flow.rows(tableLines(groups, this.#budget, () => this.marks.add('table')));
    };
  }

  #row(groups: Group[]): undefined {
    groupOf(groups).rows.push([]);
  }

  #caption(): () => void {
    const flow = this.#flow;
    const back = this.#enter(flow, undefined);
    flow.edge();
    return () => {
      flow.edge();
      back();
    };
  }

  #section(section: Section, groups: Group[]): () => void {
    groups.push({ section, rows: [] });
    return () => groups.push({ section: 'body', rows: [] });
  }

  #cell({ name, attributes }: Beginning, groups: Group[]): () => void {
    const { rows } = groupOf(groups);
    if (rows.length === 0) rows.push([]);
    const row = rows.at(-1);
    const flow = new Flow();
    const back = this.#enter(flow, undefined);
    const colspan = Math.min(spanOf(attributes.colspan), 1000) || 1;
    // Of rows, 0 means all that follow.
    const rowspan = Math.min(spanOf(attributes.rowspan), 65_534) || 65_534;
    return () => {
      back();
      row?.push({ lines: flow.end(), header: name === 'th', colspan, rowspan });
    };
  }

  /** Goes on in other lines, or inside or outside of a table; what it gives back leads back. */
  #enter(flow: Flow, groups: Group[] | undefined): () => void {
    const before = { flow: this.#flow, groups: this.#groups };
    this.#flow = flow;
    this.#groups = groups;
    return () => {
      this.#flow = before.flow;
      this.#groups = before.groups;
    };
  }
}

function groupOf(groups: Group[]): Group {
  const last = groups.at(-1);
  if (last !== undefined) return last;
  const group: Group = { section: 'body', rows: [] };
  groups.push(group);
  return group;
}

/** A span as HTML reads it. */
function spanOf(value: string | undefined): number {
  return Number(/^\s*\+?([0-9]+)/.exec(value ?? '')?.[1] ?? '1');
}
