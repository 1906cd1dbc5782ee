export * from './core.js';
export { loadGuide } from './validate/profile/loadGuide.js';
