import { relative, sep } from 'node:path';

/** What the file of profiles takes from the core beside it, by module: data and state that must be there once. */
const PARTS = {
  'src/fhir/datatypes/dateTime.ts': ['compareDateTimes'],
  'src/fhir/definitions.ts': ['isPrimitiveType', 'structureOf', 'typeNamed', 'valueSetNamed'],
  'src/fhir/extensions.ts': ['extensionNamed'],
  'src/fhir/generated/resourceTypes.ts': ['RESOURCE_TYPES'],
  'src/fhir/terminology/codeSystemNamed.ts': ['NOT_LOADED', 'codeSystemNamed'],
  'src/fhir/terminology/provided.ts': ['tableNamed'],
  'src/validate/extension/place.ts': ['placeOf'],
  'src/validate/fhirpath/compile.ts': ['compile'],
  'src/validate/fhirpath/interpret.ts': ['interpreter'],
  'src/validate/notLoaded.ts': ['noteNotLoaded'],
  'src/validate/reference.ts': ['typeIn'],
  'src/validate/rules.ts': ['RULES'],
  'src/validate/walk.ts': ['STOP', 'atChild', 'focusOn', 'report', 'reportAs', 'within'],
};

/** What else may stand in both files: a few lines without state. */
const IN_BOTH = ['src/lens/json.ts', 'src/lens/issue.ts'];

/** The end of the core's entry: what it gives to the file of profiles, under one name. */
export const GIVES_PARTS = `
  ${Object.entries(PARTS)
    .map(([file, names]) => `import { ${names.join(', ')} } from './${file}';`)
    .join('\n  ')}
  export const parts = { ${Object.values(PARTS).flat().join(', ')} };`;

/** Makes the file of profiles take its parts from the core; what would be there twice is refused. */
export const coreParts = {
  name: 'core-parts',
  setup(build) {
    build.onLoad({ filter: /[\\/]src[\\/].*\.ts$/ }, ({ path }) => {
      const file = relative(process.cwd(), path).split(sep).join('/');
      if (/^src\/(?:validate\/profile|profiles)\//.test(file) || IN_BOTH.includes(file)) return undefined;
      const names = PARTS[file];
      if (names === undefined)
        return { errors: [{ text: `${file} would be there twice: say in PARTS what is taken from it` }] };
      return {
        contents: `import { parts } from './clinik-fhir.mjs'; export const { ${names.join(', ')} } = parts;`,
        loader: 'js',
      };
    });
  },
};
