// Jest as npm run mutate starts it: in a copy of the repository whose sources have mutants behind switches.
import config from '../../../jest.config.mjs';

const LEFT_OUT = [
  // These do not run the sources: they start dist/, look at the sources' text, or have types alone.
  'test/(?:ci|examples|package|stockJest)\\.',
  'test/(?:core|issues|layers|lint|types)\\.',
  'test/resources/(?:docstrings|editor)\\.',
  'test/(?:types|mutants)/',
  // These try the rooms above, of which no mutants are made, or the generators of other tests, and take long.
  'test/(?:check|cli|convert|read|report)/',
  'test/(?:canaries|generators|realData|realms)\\.',
];

const { globalSetup: _, ...rest } = config;
export default {
  ...rest,
  globals: { effort: 0.05 },
  testPathIgnorePatterns: ['/node_modules/', ...LEFT_OUT.map((file) => `<rootDir>/${file}`)],
  testEnvironment: '<rootDir>/scripts/mutate/jest/environment.mjs',
  testSequencer: '<rootDir>/scripts/mutate/jest/sequencer.mjs',
  setupFiles: ['<rootDir>/scripts/mutate/jest/properties.ts'],
  // Beside the copy, which is made anew each time.
  cacheDirectory: '<rootDir>/../mutate-cache',
  reporters: [],
};
