import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv, type AnySchemaObject } from 'ajv';
import standalone from 'ajv/dist/standalone/index.js';
import { build } from 'esbuild';
import { CONFIG_SCHEMA } from '../src/check/configSchema.js';
import { lenses } from '../src/resources/registry.js';
import { decisionsPage } from './decisionsPage.js';
import { mappingPage } from './mappingPage.js';
import { r4Tables } from './r4/tables.js';
import { catalogue, ruleCatalogue } from './rules/catalogue.js';
import { rulesPages } from './rulesPage.js';

/**
 * Every file that follows from something else: the mapping tables, HL7's definitions, what is written of the rules, the settings
 * of the command line, the decisions; by its path from the project's root.
 */
export async function generatedFiles(): Promise<Record<string, string>> {
  const files: Record<string, string> = {
    'src/resources/generated/validators.js': await validators(),
    'docs/schemas/config.json': `${JSON.stringify(CONFIG_SCHEMA, null, 2)}\n`,
    ...r4Tables(),
  };
  for (const lens of Object.values(lenses)) {
    files[`docs/mapping/${lens.path}.md`] = mappingPage(lens);
    files[`docs/schemas/${lens.path}.json`] = `${JSON.stringify(lens.schema, null, 2)}\n`;
  }
  const rules = catalogue();
  Object.assign(files, rulesPages(ruleCatalogue()));
  files['docs/rules.json'] = `[\n${rules.map((rule) => JSON.stringify(rule)).join(',\n')}\n]\n`;
  files['docs/decisions/README.md'] = decisionsPage(decisions());
  return files;
}

/** The texts of the decisions by the names of their files. */
function decisions(): Record<string, string> {
  const folder = join('docs', 'decisions');
  const names = readdirSync(folder).filter((name) => name !== 'README.md');
  return Object.fromEntries(names.map((name) => [name, readFileSync(join(folder, name), 'utf8')]));
}

/** The payload schemas as plain functions: no `eval` at run time, no dependency on ajv. */
async function validators(): Promise<string> {
  const ajv = new Ajv({
    allErrors: true,
    strict: true,
    allowUnionTypes: true,
    validateFormats: false,
    // Older engines have no flag `u`; the patterns of payloads take nothing but ASCII.
    unicodeRegExp: false,
    // What is wrong is said in the words of src/resources/schema.ts.
    messages: false,
    inlineRefs: false,
    code: { source: true, esm: true, lines: true },
  });
  const exports: Record<string, string> = {};
  for (const { path, schema } of Object.values(lenses)) {
    ajv.addSchema(schema as AnySchemaObject);
    exports[path] = String(schema.$id);
  }
  const source = `${moduleOf(standalone)(ajv, exports)}\nexport const validators = { ${Object.keys(exports).join(', ')} };`;
  const bundled = await build({
    stdin: { contents: source, resolveDir: process.cwd(), loader: 'js' },
    bundle: true,
    format: 'esm',
    platform: 'neutral',
    mainFields: ['main'],
    minify: true,
    legalComments: 'none',
    write: false,
  });
  const [output] = bundled.outputFiles;
  if (output === undefined) throw new Error('esbuild wrote nothing');
  // ajv leaves the text of an import on its helper, for its own code generator, and in each error the path in the schema; nothing here reads them.
  const text = output.text.replace(/(\w+)\.code='require\([^']*'/g, '$1.code=""').replace(/schemaPath:"[^"]*",/g, '');
  return `// Made by npm run generate from the mapping tables; do not edit.\n${text}`;
}

/** ajv is CommonJS: its default export is the function itself, or an object that holds it. */
function moduleOf<T extends (...args: never[]) => unknown>(imported: T | { default: T }): T {
  return typeof imported === 'function' ? imported : imported.default;
}
