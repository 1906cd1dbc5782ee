import { printable } from '../../read/printable.js';

const NAMES: { readonly [character: string]: string } = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** A text for the content or a quoted attribute of HTML; what would turn it round or could not be seen is escaped as in JSON. */
export function html(text: string): string {
  return printable(text).replace(/[&<>"']/g, (character) => NAMES[character] ?? character);
}

/** The name of an element that links lead to; two texts have two names. */
export function id(text: string): string {
  return text.replace(/[^A-Za-z0-9-]/g, (character) => `_${character.charCodeAt(0).toString(16)}_`);
}
