import type { SchemaCheck } from '../schema.js';

export declare const validateAssessments: SchemaCheck;
export declare const validateEncounters: SchemaCheck;
export declare const validateDocuments: SchemaCheck;
export declare const validateLabs: SchemaCheck;
export declare const validateTasks: SchemaCheck;
