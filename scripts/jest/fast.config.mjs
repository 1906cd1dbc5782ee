// npm run test:fast: for one who works. Few runs of each property, and none of the files that take long.
import config from '../../jest.config.mjs';

const SLOW = [
  // These start many processes, or install the package.
  'test/cli/',
  'test/ci\\.',
  'test/examples\\.',
  'test/(?:package|stockJest)\\.',
  // These read large inputs, all fixtures with fhirpath, or all of HL7's examples.
  'test/canaries\\.',
  'test/(?:realData|realms)\\.',
  'test/convert/(?:damaged|schemas)\\.',
  'test/convert/layout/upload\\.',
  'test/convert/waves/nameTable\\.',
  'test/validate/(?:conformance|depth|differential|narrativeFaults)\\.',
  'test/validate/narrative/hostile\\.',
];

export default {
  ...config,
  globals: { effort: 0.05 },
  testPathIgnorePatterns: ['/node_modules/', ...SLOW.map((file) => `<rootDir>/${file}`)],
};
