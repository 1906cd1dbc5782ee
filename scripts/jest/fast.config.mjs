// npm run test:fast: for one who works; few runs of each property, and none of the tests that start many processes.
import config from '../../jest.config.mjs';

export default {
  ...config,
  globals: { effort: 0.05 },
  testPathIgnorePatterns: ['/node_modules/'],
};
