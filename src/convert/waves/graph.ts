/** Nodes, and what each of them waits for. The links of node `n` are those from `start[n]` up to `start[n + 1]`. */
export interface Graph {
  readonly size: number;
  readonly start: Int32Array;
  /** The node that a link leads to. */
  readonly to: Int32Array;
}

/** A number of an array that is known to have it. */
export const at = (numbers: Int32Array, index: number): number => numbers[index] ?? 0;

/** Takes one from a number of an array, and gives what is left. */
export function lessened(numbers: Int32Array, index: number): number {
  const left = at(numbers, index) - 1;
  numbers[index] = left;
  return left;
}

/** Visits the nodes that a node leads to, with the numbers of the links. */
export function eachLink({ start, to }: Graph, node: number, visit: (target: number, link: number) => void): void {
  const end = at(start, node + 1);
  for (let link = at(start, node); link < end; link += 1) visit(at(to, link), link);
}

/** The links that are chosen, between the same nodes. */
export function filtered(graph: Graph, isChosen: (link: number, from: number) => boolean): Graph {
  const { size, to } = graph;
  const start = new Int32Array(size + 1);
  const chosen = new Int32Array(to.length);
  let count = 0;
  for (let node = 0; node < size; node += 1) {
    eachLink(graph, node, (target, link) => {
      if (!isChosen(link, node)) return;
      chosen[count] = target;
      count += 1;
    });
    start[node + 1] = count;
  }
  return { size, start, to: chosen.slice(0, count) };
}

/** The same links, each the other way round. */
export function reversed(graph: Graph): Graph {
  const { size, to } = graph;
  // Each node's end first; it moves to its start as the links are filled in, from the last one.
  const start = new Int32Array(size + 1);
  for (const target of to) start[target] = at(start, target) + 1;
  for (let node = 1; node <= size; node += 1) start[node] = at(start, node) + at(start, node - 1);
  const froms = new Int32Array(to.length);
  for (let node = size - 1; node >= 0; node -= 1)
    eachLink(graph, node, (target) => {
      froms[lessened(start, target)] = node;
    });
  return { size, start, to: froms };
}

/** How many links each node has. */
export function degrees({ size, start }: Graph): Int32Array {
  const counts = new Int32Array(size);
  for (let node = 0; node < size; node += 1) counts[node] = at(start, node + 1) - at(start, node);
  return counts;
}

/**
 * The wave of each node: 0 without links, else one more than the highest of those that it leads to. -1 for a node of a cycle, and
 * for one that waits for such a node. In linear time (Kahn's algorithm).
 */
export function layers(graph: Graph): Int32Array {
  const { size } = graph;
  const waiting = degrees(graph);
  const back = reversed(graph);
  const waves = new Int32Array(size).fill(-1);
  // What waits for nothing any more has the next one of the queue there, plus 1; 0 for none.
  const next = waiting;
  let [first, last] = [-1, -1];
  const place = (node: number, wave: number): void => {
    waves[node] = wave;
    next[node] = 0;
    if (last < 0) first = node;
    else next[last] = node + 1;
    last = node;
  };
  // A node that is placed is not looked at again, whatever stands in its place.
  for (let node = 0; node < size; node += 1) if (at(graph.start, node) === at(graph.start, node + 1)) place(node, 0);
  for (let node = first; node >= 0; node = at(next, node) - 1) {
    // The queue is in the order of waves, so that the last one that a node waited for has the highest.
    eachLink(back, node, (from) => {
      if (lessened(waiting, from) === 0) place(from, at(waves, node) + 1);
    });
  }
  return waves;
}
