import { limits } from './classes/limits.js';
import { ours } from './classes/ours.js';
import { theirs } from './classes/theirs.js';
import type { Class } from './judge.js';

/** Every class of disagreements that was judged; the first that fits counts. */
export const CLASSES: readonly Class[] = [...ours, ...theirs, ...limits];
