/** What a profiler of V8 gives: who called whom, and how often each was seen. */
export interface CpuProfile {
  readonly nodes: readonly {
    readonly id: number;
    readonly callFrame: { readonly functionName: string; readonly url: string; readonly lineNumber: number };
    readonly children?: readonly number[];
  }[];
  readonly samples?: readonly number[];
  readonly timeDeltas?: readonly number[];
}

/** A function within the one that called it, and the milliseconds that it took with all that it called. */
export interface Frame {
  readonly name: string;
  readonly value: number;
  readonly children: readonly Frame[];
}

/** What is no work of the program: waiting, and the profiler itself. */
const isAside = ({ functionName, url }: { readonly functionName: string; readonly url: string }): boolean =>
  functionName === '(idle)' || url === 'node:inspector';

/** A profile as a tree of frames, without what took nothing. `placeOf` names a line, from 0, of a file. */
export function flameTree(
  { nodes, samples = [], timeDeltas = [] }: CpuProfile,
  placeOf: (url: string, line: number) => string,
): Frame {
  const own = new Map<number, number>();
  for (const [index, id] of samples.entries()) own.set(id, (own.get(id) ?? 0) + (timeDeltas[index] ?? 0) / 1000);
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const frameOf = (id: number): Frame[] => {
    const node = byId.get(id);
    if (node === undefined || isAside(node.callFrame)) return [];
    const children = (node.children ?? []).flatMap(frameOf);
    const value = children.reduce((sum, child) => sum + child.value, own.get(id) ?? 0);
    const { functionName, url, lineNumber } = node.callFrame;
    const place = url === '' ? '' : ` ${placeOf(url, lineNumber)}`;
    return value === 0 ? [] : [{ name: `${functionName || '(anonymous)'}${place}`, value, children }];
  };
  const [root] = nodes;
  const [tree] = root === undefined ? [] : frameOf(root.id);
  return { ...(tree ?? { value: 0, children: [] }), name: 'all' };
}

/** The functions that took most themselves, for a terminal: `12.3%  read lens/field.ts:40`. */
export function busiest(tree: Frame, most: number): string[] {
  const own = new Map<string, number>();
  const add = ({ name, value, children }: Frame): void => {
    const within = children.reduce((sum, child) => sum + child.value, 0);
    own.set(name, (own.get(name) ?? 0) + value - within);
    children.forEach(add);
  };
  add(tree);
  return [...own]
    .sort((a, b) => b[1] - a[1])
    .slice(0, most)
    .map(([name, value]) => `${((value / tree.value) * 100).toFixed(1).padStart(5)}%  ${name}`);
}
