const load = {
  codeSystems: () => require('../../src/fhir/generated/codeSystems.json'),
  extensions: () => require('../../src/fhir/generated/extensions.json'),
  languages: () => require('../../src/fhir/generated/languages.json'),
  countries: () => require('../../src/fhir/generated/countries.json'),
  profiles: () => require('../../src/fhir/generated/profiles.json'),
  moreValueSets: () => require('../../src/fhir/generated/moreValueSets.json'),
  units: () => require('../../src/fhir/generated/units.json'),
};

/** The tables as part of one file, each parsed for the first code that asks. */
export const tables = Object.defineProperties(
  {},
  Object.fromEntries(Object.entries(load).map(([name, get]) => [name, { get, enumerable: true }])),
);
