import type { SchemaCheck } from '../schema.js';

/** The compiled payload checks, by path. */
export declare const validators: { readonly [path: string]: SchemaCheck };
