import type { Fault } from './fault.js';
import { bundleFaults } from './faults/bundles.js';
import { extensionFaults } from './faults/extensions.js';
import { narrativeFaults } from './faults/narratives.js';
import { otherFaults, rareFaults } from './faults/others.js';
import { primitiveFaults } from './faults/primitives.js';
import { referenceFaults } from './faults/references.js';
import { structureFaults } from './faults/structure.js';
import { terminologyFaults } from './faults/terminology.js';

/** Every kind of fault, by its name. */
export const FAULTS: ReadonlyMap<string, Fault> = new Map(
  Object.entries({
    ...structureFaults,
    ...primitiveFaults,
    ...terminologyFaults,
    ...referenceFaults,
    ...extensionFaults,
    ...narrativeFaults,
    ...bundleFaults,
    ...otherFaults,
  }),
);

/** Kinds of which there is one for ten of each other. */
export const RARE: ReadonlyMap<string, Fault> = new Map(Object.entries(rareFaults));
