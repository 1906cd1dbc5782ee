import { report, type Walk } from './walk.js';

const noted = new WeakSet<Walk>();

/** Says once of an input that what stands in tables was not checked, where the tables are not there. */
export function noteNotLoaded(walk: Walk): void {
  if (noted.has(walk)) return;
  if (!walk.isGlance) noted.add(walk);
  report(walk, 'terminology-not-loaded');
}
