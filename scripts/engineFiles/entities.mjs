// HTML's names of characters, half the size: the tree that the package entities has for them, as the names that it is made of.
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { htmlDecodeTree } from '../../node_modules/entities/dist/generated/decode-data-html.js';
import { namesAsText, treeOf } from './entityTree.mjs';

const TREE = 'htmlDecodeTree';

/** The names with their characters, and whether they need no semicolon, read from the tree as entities lays it out (its bin-trie-flags.js). */
function namesIn(tree, at = 0, before = '') {
  const head = tree[at];
  const valueLength = head >> 14;
  const count = (head >> 7) & 63;
  const first = head & 127;
  const withNext = (position, code) => namesIn(tree, position & 0xffff, before + String.fromCharCode(code));
  const packed = (from, index) => (tree[from + (index >> 1)] >> ((index % 2) * 8)) & 255;
  if (valueLength === 0 && (head & 0x2000) !== 0) {
    const rest = Array.from({ length: count - 1 }, (_, index) => packed(at + 1, index));
    return namesIn(tree, at + 1 + (count >> 1), before + String.fromCharCode(first, ...rest));
  }
  const codes = valueLength === 1 ? [head & 0x1fff] : [...tree.slice(at + 1, at + valueLength)];
  const own = valueLength === 0 ? [] : [[before, String.fromCharCode(...codes), (head & 0x2000) === 0]];
  if (valueLength === 1) return own;
  const branches = at + Math.max(1, valueLength);
  if (count === 0) return first === 0 ? own : [...own, ...withNext(branches, first)];
  const slots = Array.from({ length: count }, (_, index) => index);
  if (first !== 0) {
    const below = slots.filter((slot) => tree[branches + slot] !== 0);
    return [...own, ...below.flatMap((slot) => withNext(branches + count + tree[branches + slot] - 1, first + slot))];
  }
  const pointers = branches + ((count + 1) >> 1);
  return [
    ...own,
    ...slots.flatMap((slot) => withNext(pointers + count + tree[pointers + slot], packed(branches, slot))),
  ];
}

const MAKER = JSON.stringify(resolve('scripts', 'engineFiles', 'entityTree.mjs'));

/** The module in the place of the table; its tree is made for the first text that HTML is read from. */
function table() {
  const text = namesAsText(namesIn(htmlDecodeTree));
  if (text.length < 10_000 || namesAsText(namesIn(treeOf(text))) !== text)
    throw new Error('entities has its names in another way than it did: see bin-trie-flags.js.');
  return `import { treeOf } from ${MAKER};
    let tree;
    export const ${TREE} = () => (tree ??= treeOf(${JSON.stringify(text)}));`;
}

/** What takes the tree, asking for it. */
function asked(path) {
  const parts = readFileSync(path, 'utf8').split(`? xmlDecodeTree : ${TREE},`);
  if (parts.length !== 2) throw new Error('htmlparser2 takes the tree in another place than it did.');
  return parts.join(`? xmlDecodeTree : ${TREE}(),`);
}

const TABLE = join('node_modules', 'entities', 'dist', 'generated', 'decode-data-html.js');
const TOKENIZER = join('node_modules', 'htmlparser2', 'dist', 'Tokenizer.js');

/** The text of the two files that are not as they come, the table `made` in its place; undefined for any other. */
export function textWithNames(path, made = table) {
  if (path.endsWith(TABLE)) return made(path);
  return path.endsWith(TOKENIZER) ? asked(path) : undefined;
}

/** The table as it comes, unpacked when something asks: that is faster than to make it of names. */
export function packedTable(path) {
  const parts = readFileSync(path, 'utf8').split(`export const ${TREE} = /* #__PURE__ */ `);
  if (parts.length !== 2) throw new Error('entities has its table in another form than it did.');
  return `${parts[0]} let tree; export const ${TREE} = () => tree ??= ${parts[1]}`;
}

export const entities = {
  name: 'HTML’s names',
  setup(setup) {
    setup.onLoad({ filter: /(decode-data-html|Tokenizer)\.js$/ }, ({ path }) => {
      const contents = textWithNames(path);
      return contents === undefined ? undefined : { contents };
    });
  },
};
