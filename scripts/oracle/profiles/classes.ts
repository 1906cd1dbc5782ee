import type { Class } from '../judge.js';

/** Every class of disagreements over profiles that was judged; the first that fits counts. */
export const PROFILE_CLASSES: readonly Class[] = [];
