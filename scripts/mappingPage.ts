import type { FieldRow } from '../src/resources/surface.js';

/** The mapping table of a resource as a page. */
export function mappingPage(lens: { resourceType: string; path: string; fields: readonly FieldRow[] }): string {
  const rows = lens.fields.map(
    (row) =>
      `| ${code(row.payload)}${row.required ? ' **!**' : ''} | ${code(`${lens.resourceType}.${row.element}`)} | ${cell(row.rule)} | ${cell(row.limit ?? '')} | ${row.fidelity} | ${row.updatable ? 'yes' : ''} |`,
  );
  return `# ${lens.path} ⇄ ${lens.resourceType}

Made from the mapping table by \`npm run generate\`; the same table is what the library runs on. **!** marks what a payload
must have. Fidelity says what becomes of the FHIR side: *exact*, nothing is lost; *lossy*, a reading leaves something
behind; *partial*, some values cannot be read at all. The loss report names every place in both cases. *Update* says
whether ClinikAPI's PATCH takes the field.

| payload | FHIR R4 | how | limit | fidelity | update |
| --- | --- | --- | --- | --- | --- |
${rows.join('\n')}
`;
}

const code = (text: string): string => `\`${text}\``;
const cell = (text: string): string => text.replaceAll('|', '\\|');
