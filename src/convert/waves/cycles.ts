import FlatQueue from 'flatqueue';
import { components } from './components.js';
import { at, degrees, eachLink, filtered, type Graph, layers, lessened, reversed } from './graph.js';

/** The waves of a graph that may have cycles. */
export interface Untangled {
  /** The wave of each node. A link is cut exactly where it does not lead to an earlier wave. */
  readonly waves: Int32Array;
  /** How many groups of nodes wait for each other. */
  readonly groups: number;
  /** How many nodes are in these groups. */
  readonly nodes: number;
}

/**
 * The waves of a graph once its cycles are cut at their least important links: each link that is cut lies on a cycle on which no
 * link ranks below it. What one cut makes needless stays. `rankOf` gives the rank of a link, 0 for the most important. In linear
 * time for each rank, but for a heap of the nodes at which a cycle may be cut.
 */
export function untangle(graph: Graph, rankOf: (link: number) => number): Untangled {
  const waves = layers(graph);
  if (!waves.includes(-1)) return { waves, groups: 0, nodes: 0 };
  const stuck = part(graph, (node) => at(waves, node) < 0);
  const cut = new Uint8Array(graph.to.length);
  cutLinks(stuck.graph, stuck.links.map(rankOf)).forEach((isCut, index) => {
    cut[at(stuck.links, index)] = isCut;
  });
  return { waves: layers(filtered(graph, (link) => cut[link] === 0)), ...countCycles(stuck.graph) };
}

/** Some nodes of a graph in their order, numbered anew, and the links between them; `links` has the numbers that these had. */
function part(graph: Graph, isChosen: (node: number) => boolean): { graph: Graph; links: Int32Array } {
  const { size, to } = graph;
  const numbers = new Int32Array(size).fill(-1);
  let count = 0;
  for (let node = 0; node < size; node += 1) {
    if (!isChosen(node)) continue;
    numbers[node] = count;
    count += 1;
  }
  const links = new Int32Array(to.length);
  let linkCount = 0;
  const inner = filtered(graph, (link, from) => {
    if (at(numbers, from) < 0 || at(numbers, at(to, link)) < 0) return false;
    links[linkCount] = link;
    linkCount += 1;
    return true;
  });
  const start = new Int32Array(count + 1);
  for (let node = 0; node < size; node += 1)
    if (at(numbers, node) >= 0) start[at(numbers, node) + 1] = at(inner.start, node + 1);
  const renumbered = inner.to.map((node) => at(numbers, node));
  return { graph: { size: count, start, to: renumbered }, links: links.slice(0, linkCount) };
}

/** How many components of a graph have cycles, and how many nodes these have. */
function countCycles(graph: Graph): { groups: number; nodes: number } {
  const component = components(graph);
  const isCounted = new Uint8Array(graph.size);
  let groups = 0;
  let nodes = 0;
  for (let node = 0; node < graph.size; node += 1) {
    const own = at(component, node);
    let isInCycle = false;
    // In a component of several nodes each leads to another one of it.
    eachLink(graph, node, (target) => {
      isInCycle ||= at(component, target) === own;
    });
    if (!isInCycle) continue;
    nodes += 1;
    if (isCounted[own] === 1) continue;
    isCounted[own] = 1;
    groups += 1;
  }
  return { groups, nodes };
}

/**
 * Which links to cut (1), so that what remains has no cycle. Rank by rank: the more important links have no cycle left when those
 * of a rank are added to them, so that each cycle then has one of that rank.
 */
function cutLinks(graph: Graph, ranks: Int32Array): Uint8Array {
  const { size, to } = graph;
  const cut = new Uint8Array(to.length);
  for (const rank of [...new Set(ranks)].sort((a, b) => a - b)) {
    const isFirm = (link: number): boolean => at(ranks, link) < rank && cut[link] === 0;
    const isLoose = (link: number): boolean => at(ranks, link) === rank;
    const component = components(filtered(graph, (link) => isFirm(link) || isLoose(link)));
    const isInner = (link: number, from: number): boolean => at(component, from) === at(component, at(to, link));
    const loose = filtered(graph, (link, from) => isLoose(link) && isInner(link, from));
    if (loose.to.length === 0) continue;
    const places = sequence(
      filtered(graph, (link, from) => isFirm(link) && isInner(link, from)),
      loose,
    );
    for (let node = 0; node < size; node += 1) {
      eachLink(graph, node, (target, link) => {
        if (isLoose(link) && isInner(link, node) && at(places, target) >= at(places, node)) cut[link] = 1;
      });
    }
  }
  return cut;
}

/**
 * The place of each node in an order in which all firm links, and most of the loose ones, lead to an earlier place. Where each node
 * waits for another, the first of those that wait for loose links only comes next. The firm links have no cycle.
 */
function sequence(firm: Graph, loose: Graph): Int32Array {
  const { size } = firm;
  const firmly = degrees(firm);
  const loosely = degrees(loose);
  const firmBack = reversed(firm);
  const looseBack = reversed(loose);
  const places = new Int32Array(size).fill(-1);
  const queue = new Int32Array(size);
  const candidates = new FlatQueue(size, Int32Array, Int32Array);
  let queued = 0;
  const place = (node: number): void => {
    places[node] = queued;
    queue[queued] = node;
    queued += 1;
  };
  /** A node that waits for loose links at most. */
  const loosen = (node: number): void => {
    if (at(loosely, node) === 0) place(node);
    else candidates.push(node, node);
  };
  const next = (): number | undefined => {
    let candidate = candidates.pop();
    while (candidate !== undefined && at(places, candidate) >= 0) candidate = candidates.pop();
    return candidate;
  };

  for (let node = 0; node < size; node += 1) if (at(firmly, node) === 0) loosen(node);
  for (let head = 0; head < size; head += 1) {
    if (head === queued) {
      const candidate = next();
      if (candidate === undefined) throw new RangeError('The firm links have a cycle.');
      place(candidate);
    }
    const node = at(queue, head);
    eachLink(firmBack, node, (from) => {
      if (lessened(firmly, from) === 0) loosen(from);
    });
    eachLink(looseBack, node, (from) => {
      if (lessened(loosely, from) === 0 && at(firmly, from) === 0 && at(places, from) < 0) place(from);
    });
  }
  return places;
}
