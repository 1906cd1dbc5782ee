// The registry: a line a resource. Its lens and its types become public, and everything that serves all resources finds it.
export * from './assessments.js';
export * from './documents.js';
export * from './encounters.js';
export * from './labs.js';
export * from './tasks.js';
