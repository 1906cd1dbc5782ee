// npm run test:long: every property with its full number of runs, and the files that only a long run has.
import config from '../../jest.config.mjs';

export default {
  ...config,
  testMatch: ['**/*.test.ts', '**/*.long.ts'],
  globals: { effort: 1 },
  testTimeout: 3_600_000,
};
