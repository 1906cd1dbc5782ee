import { at, type Graph } from './graph.js';

/**
 * The strongly connected component of each node, as a number from 0: two nodes have the same where each leads to the other. In
 * linear time and without recursion (Tarjan's algorithm), for a chain may be as long as the set.
 */
export function components({ size, start, to }: Graph): Int32Array {
  const component = new Int32Array(size).fill(-1);
  // When a node was first met, from 1, and the earliest met one that it is known to lead back to.
  const met = new Int32Array(size);
  const low = new Int32Array(size);
  const next = start.slice(0, size);
  const path = new Int32Array(size);
  const open = new Int32Array(size);
  let depth = 0;
  let opened = 0;
  let clock = 0;
  let found = 0;

  const enter = (node: number): void => {
    clock += 1;
    met[node] = clock;
    low[node] = clock;
    path[depth] = node;
    depth += 1;
    open[opened] = node;
    opened += 1;
  };
  const lower = (node: number, to: number): void => {
    if (to < at(low, node)) low[node] = to;
  };
  const leave = (node: number): void => {
    depth -= 1;
    if (depth > 0) lower(at(path, depth - 1), at(low, node));
    if (at(low, node) !== at(met, node)) return;
    while (at(component, node) < 0) {
      opened -= 1;
      component[at(open, opened)] = found;
    }
    found += 1;
  };

  for (let root = 0; root < size; root += 1) {
    if (at(met, root) !== 0) continue;
    enter(root);
    while (depth > 0) {
      const node = at(path, depth - 1);
      const link = at(next, node);
      if (link === at(start, node + 1)) {
        leave(node);
        continue;
      }
      next[node] = link + 1;
      const target = at(to, link);
      if (at(met, target) === 0) enter(target);
      else if (at(component, target) < 0) lower(node, at(met, target));
    }
  }
  return component;
}
