/** How many codes a test remembers, and how long they are at most. */
const MOST = 1000;
const LONGEST = 100;

/** The same test of codes, which remembers those that it takes: a file has the same few over and over. */
export function remembering(test: (code: string) => boolean): (code: string) => boolean {
  const known = new Set<string>();
  return (code) => {
    if (known.has(code)) return true;
    if (!test(code)) return false;
    if (known.size < MOST && code.length <= LONGEST) known.add(code);
    return true;
  };
}
