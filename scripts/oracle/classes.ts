import type { Class } from './judge.js';

/** Every class of disagreements that was judged; the first that fits counts. */
export const CLASSES: readonly Class[] = [];
