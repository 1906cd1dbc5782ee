// The names of HTML's characters as a text, and the tree of the package entities made of it again: see its bin-trie-flags.js.

/**
 * Names by their characters, `!` behind one that needs no semicolon; then, for each, the steps from the characters before it.
 * `names` are rows: the name, one or two UTF-16 units, whether it needs none.
 */
export function namesAsText(names) {
  const sorted = [...names].sort(([a, x], [b, y]) => (x < y || (x === y && a < b) ? -1 : 1));
  let before = [0, 0];
  const steps = sorted.map(([, units]) => {
    const codes = [units.charCodeAt(0), units.length > 1 ? units.charCodeAt(1) : before[1]];
    const step = codes.map((code, index) => (code === before[index] ? '' : (code - before[index]).toString(36)));
    before = codes;
    return units.length > 1 ? step.join(':') : step[0];
  });
  return `${sorted.map(([name, , bare]) => name + (bare ? '!' : '')).join(' ')}\n${steps.join(' ')}`;
}

/** The tree of a text of names, as htmlparser2 reads it. */
export function treeOf(text) {
  const [names, steps] = text.split('\n').map((line) => line.split(' '));
  const root = { below: {} };
  const before = [0, 0];
  names.forEach((marked, index) => {
    const bare = marked.endsWith('!');
    const name = bare ? marked.slice(0, -1) : marked;
    const units = steps[index].split(':').map((step, unit) => {
      before[unit] += step === '' ? 0 : parseInt(step, 36);
      return before[unit];
    });
    let node = root;
    for (let at = 0; at < name.length; at += 1) node = node.below[name.charCodeAt(at)] ??= { below: {} };
    node.value = { units, bare };
  });
  const words = [];
  write(root, words);
  return new Uint16Array(words);
}

/** A node: its head, its value, its branches, and what is below them. */
function write({ value, below }, words) {
  const keys = Object.keys(below).map(Number);
  const head = value === undefined ? 0 : ((value.units.length + 1) << 14) | (value.bare ? 0 : 0x2000);
  if (keys.length === 1) {
    words.push(head | keys[0]);
    if (value !== undefined) words.push(...value.units);
    write(below[keys[0]], words);
    return;
  }
  words.push(head | (keys.length << 7));
  if (value !== undefined) words.push(...value.units);
  for (let at = 0; at < keys.length; at += 2) words.push(keys[at] | ((keys[at + 1] ?? 0) << 8));
  const pointers = words.length;
  words.push(...keys);
  const end = words.length;
  keys.forEach((key, index) => {
    words[pointers + index] = words.length - end;
    write(below[key], words);
  });
}
