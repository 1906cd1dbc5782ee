import { describe, expect, it } from '@jest/globals';
import { lenses } from '../../src/resources/registry.js';
import { languageServer } from '../support/languageServer.js';

describe('an editor', () => {
  let started: ReturnType<typeof languageServer> | undefined;

  it.each(Object.values(lenses))(
    'shows the docstring of every field of $path, in what goes in and what comes out',
    async (lens) => {
      const places: number[] = [];
      const payloads = lens.fields.map(({ payload }) =>
        payload.replaceAll('[].', '?.[0]?.').replace(/(\w)\.(?=\w)/g, '$1?.'),
      );
      let text = `import { ${lens.path} } from 'clinik-fhir';\ntype Lens = typeof ${lens.path};\n`;
      text +=
        "declare const input: Parameters<Lens['toFhir']>[0];\ndeclare const output: ReturnType<Lens['fromFhir']>['payload'];\n";
      for (const path of payloads) {
        for (const name of ['input', 'output']) {
          const expression = `${name}?.${path}`;
          places.push(text.length + expression.length - 1);
          text += `${expression};\n`;
        }
      }
      started ??= languageServer();
      const shown = await (await started).shown(`examples/${lens.path}.mts`, text, places);
      const silent = shown.filter((hover) => !hover.includes('FHIR: '));
      expect(silent).toStrictEqual([]);
      expect(shown).toHaveLength(2 * lens.fields.length);
    },
  );
});
