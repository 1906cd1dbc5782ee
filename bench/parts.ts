import { growth } from './parts/growth.js';
import { library } from './parts/library.js';
import { peers } from './parts/peers.js';
import { run } from './parts/run.js';
import { startUp } from './parts/startUp.js';
import type { Part } from './row.js';

export const PARTS: readonly Part[] = [library, startUp, run, growth, peers];
