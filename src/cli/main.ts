#!/usr/bin/env node
import nodeModule from 'node:module';
import { join } from 'node:path';

/** Node's own, which has it from version 22 on. */
const loader: typeof nodeModule & { enableCompileCache?(folder: string): unknown } = nodeModule;

// Node keeps there what it made of the code, so that the next process starts at once. The folder is the user's own: whoever could
// write to it could have this process run anything, and the one that Node would take is below the temporary folder of everybody.
const { HOME, XDG_CACHE_HOME, NODE_COMPILE_CACHE } = process.env;
const caches = XDG_CACHE_HOME || (HOME ? join(HOME, '.cache') : undefined);
if (caches !== undefined && NODE_COMPILE_CACHE === undefined) loader.enableCompileCache?.(join(caches, 'clinik-fhir'));

void import('./program.js').then(({ run }) => run());
