import type { SchemaCheck } from '../schemaCheck.js';

/** The compiled payload checks, by path. */
export declare const validators: { readonly [path: string]: SchemaCheck };
