import type { Look } from './look.js';

/** A line of what a reader sees; one of a table's rows stays a line of its own wherever it stands. */
export interface Line {
  readonly text: string;
  readonly row: boolean;
}

/** An item of a list: what stands before its first line. */
interface Item {
  readonly marker: string;
  used: boolean;
}

/** Nobody nests lists deeper; what does is not set further to the right. */
const MAX_LEVELS = 20;

const STRUCK = '[struck out: ';

/** White space that is shown as a single space, but for one that is one already: most of a text's. */
const COLLAPSING = /[\t\r\n\f][ \t\r\n\f]*| [ \t\r\n\f]+/g;

/** The lines of a narrative or of a cell: white space and line breaks as a browser has them. */
export class Flow {
  readonly #lines: Line[] = [];
  readonly #items: Item[] = [];
  readonly #scripts: { readonly sign: string; at: number }[] = [];
  #parts: string[] = [];
  /** True where a space that may collapse would not be seen: at the start of the line, and behind another one. */
  #spaced = true;
  /** The number of scripts around the mark of struck-out text that is open. */
  #struck: number | undefined;
  /** Raised or lowered text at the end of the line, which must not run into what follows. */
  #raised: { readonly at: number; readonly sign: string; readonly text: string } | undefined;

  /** Adds text of an element that looks so. */
  text(text: string, { space, struck }: Look): void {
    if (space === 'collapse') {
      this.#add(text.replace(COLLAPSING, ' '), struck, true);
      return;
    }
    const lines = (space === 'lines' ? text.replace(/[ \t]+/g, ' ') : text).split(/\r\n?|\n/);
    for (const [index, line] of lines.entries()) {
      if (index > 0) this.feed();
      this.#add(line, struck, space === 'lines');
    }
  }

  #add(given: string, struck: boolean, collapses: boolean): void {
    const text = collapses && this.#spaced && given.startsWith(' ') ? given.slice(1) : given;
    if (text === '') return;
    if (!struck) this.#endStruck();
    if (struck && this.#struck === undefined && /\S/.test(text)) {
      const words = text.trimStart();
      this.#push(text.slice(0, text.length - words.length));
      this.#push(STRUCK);
      this.#struck = this.#scripts.length;
      this.#push(words);
    } else this.#push(text);
    this.#spaced = collapses && text.endsWith(' ');
  }

  #push(text: string): void {
    if (text === '') return;
    if (this.#raised !== undefined && /^[.,]?[\p{L}\p{N}]/u.test(text)) {
      const { at, sign, text: raised } = this.#raised;
      this.#parts[at] = `${sign}(${raised})`;
    }
    this.#raised = undefined;
    this.#parts.push(text);
  }

  #endStruck(): void {
    if (this.#struck === undefined) return;
    this.#struck = undefined;
    this.#raised = undefined;
    const last = this.#parts.pop() ?? '';
    const words = last.trimEnd();
    this.#parts.push(words, ']', last.slice(words.length));
  }

  /** Begins raised or lowered text. */
  beginScript(sign: string): void {
    this.#scripts.push({ sign, at: this.#parts.length });
  }

  /** Ends it: 10⁹ must not be read as 109, whatever stands in it and behind it. */
  endScript(): void {
    const script = this.#scripts.pop();
    if (script === undefined) return;
    if (this.#struck !== undefined && this.#struck > this.#scripts.length) this.#endStruck();
    this.#sign(script);
  }

  #sign({ sign, at }: { readonly sign: string; readonly at: number }): void {
    const text = this.#parts.splice(at).join('');
    this.#raised = undefined;
    const words = text.trim();
    if (words === '' || /^[®™©℠]$/.test(words)) {
      if (text !== '') this.#parts.push(text);
      return;
    }
    const simple = /^[+\-\u2212]?(?:[\p{L}\p{N}]|\.(?=\p{N}))+[+\-\u2212]?$/u.test(words);
    this.#parts.push(simple ? `${sign}${words}` : `${sign}(${words})`);
    if (simple && text.endsWith(words)) this.#raised = { at, sign, text: words };
    else if (!text.endsWith(words)) this.#parts.push(' ');
    this.#spaced = !text.endsWith(words);
  }

  /** Begins an item of a list. */
  beginItem(marker: string): void {
    this.#items.push({ marker, used: false });
  }

  /** Ends it. */
  endItem(): void {
    this.#items.pop();
  }

  /** Ends the line where a block begins or ends. */
  edge(): void {
    const text = this.#take();
    if (/\S/.test(text)) this.#lines.push({ text: this.#indent() + text, row: false });
  }

  /** Ends the line, also where nothing is on it. */
  feed(): void {
    const text = this.#take();
    this.#lines.push({ text: /\S/.test(text) ? this.#indent() + text : '', row: false });
  }

  /** Adds lines of a table. */
  rows(lines: readonly string[]): void {
    this.edge();
    for (const text of lines) this.#lines.push({ text: this.#indent() + text, row: true });
  }

  /** All lines, from the first to the last that has something on it. */
  end(): readonly Line[] {
    this.edge();
    const first = this.#lines.findIndex((line) => line.text !== '');
    let end = this.#lines.length;
    while (end > 0 && this.#lines[end - 1]?.text === '') end -= 1;
    return first < 0 ? [] : this.#lines.slice(first, end);
  }

  #take(): string {
    if (this.#scripts.length > 0) {
      if (this.#struck !== undefined && this.#struck > 0) this.#endStruck();
      for (const script of [...this.#scripts].reverse()) {
        this.#sign(script);
        script.at = 0;
      }
    }
    this.#endStruck();
    const text = this.#parts.join('');
    const seen = this.#spaced ? text.replace(/ $/, '') : text;
    this.#parts = [];
    this.#spaced = true;
    this.#raised = undefined;
    return seen;
  }

  #indent(): string {
    let indent = '';
    for (const [level, item] of this.#items.entries()) {
      if (!item.used) indent += item.marker;
      else if (level < MAX_LEVELS) indent += ' '.repeat(item.marker.length);
      item.used = true;
    }
    return indent;
  }
}
