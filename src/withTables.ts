// The public surface of `clinik-fhir/tables`, nothing else: for programs that are bundled, and for runtimes other than Node.
import codeSystems from './fhir/generated/codeSystems.json' with { type: 'json' };
import countries from './fhir/generated/countries.json' with { type: 'json' };
import extensions from './fhir/generated/extensions.json' with { type: 'json' };
import languages from './fhir/generated/languages.json' with { type: 'json' };
import moreValueSets from './fhir/generated/moreValueSets.json' with { type: 'json' };
import profiles from './fhir/generated/profiles.json' with { type: 'json' };
import units from './fhir/generated/units.json' with { type: 'json' };
import { provideTables, type Tables } from './fhir/terminology/provided.js';

/**
 * What R4 and others publish of codes and extensions, without which `validate` says `terminology-not-loaded` of them. Who imports this
 * module has them in every call of the same copy of clinik-fhir.
 */
export const tables: Tables = { codeSystems, extensions, languages, countries, units, profiles, moreValueSets };

provideTables(tables);
