/** As many texts as a record has in its narratives, but for few of them. */
const TEXTS = 8;

/** Longer texts are made again: what is held is to be small. */
const LONGEST = 8192;

/**
 * The same function, which knows what it made of the last few texts: within one record a narrative is read, written, and what was
 * written compared with what was read. To look through the few costs next to nothing; a table would cost the hash of each text.
 */
export function rememberingLast<R>(make: (text: string) => R): (text: string) => R {
  const known: { readonly text: string; readonly made: R }[] = [];
  let next = 0;
  return (text) => {
    if (text.length > LONGEST) return make(text);
    for (const one of known) if (one.text === text) return one.made;
    const made = make(text);
    known[next] = { text, made };
    next = (next + 1) % TEXTS;
    return made;
  };
}
