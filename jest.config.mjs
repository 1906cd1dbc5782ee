import { fileURLToPath } from 'node:url';

/** @type {import('jest').Config} */
export default {
  rootDir: fileURLToPath(new URL('.', import.meta.url)),
  roots: ['<rootDir>/test'],
  testMatch: ['**/*.test.ts'],
  moduleFileExtensions: ['ts', 'js', 'mjs', 'cjs', 'json'],
  transform: { '\\.(?:ts|js)$': '<rootDir>/scripts/jest/transform.mjs' },
  // These come as ES modules only.
  transformIgnorePatterns: [
    '/node_modules/(?!(?:htmlparser2|domutils|domhandler|domelementtype|dom-serializer|entities|flatqueue|iso-3166)/)',
  ],
  moduleNameMapper: {
    '^#fhirpath$': '<rootDir>/src/fhirpath.ts',
    '^#tables$': '<rootDir>/src/tables.ts',
    '^clinik-fhir/rules\\.json$': '<rootDir>/docs/rules.json',
    '^clinik-fhir/package\\.json$': '<rootDir>/package.json',
    // TypeScript's sources import each other by the names that the compiled ones have.
    '^(\\.{1,2}/.*)\\.js$': ['$1.js', '$1.ts'],
  },
  globalSetup: '<rootDir>/scripts/jest/build.mjs',
  reporters: ['default', '<rootDir>/scripts/jest/closingLine.mjs'],
  // The part of its full number of runs that each property gets: test/support/runs.ts.
  globals: { effort: 0.1 },
  collectCoverageFrom: ['src/**/*.ts'],
  coverageProvider: 'v8',
  maxWorkers: 2,
  testTimeout: 120_000,
};
