import { layoutJson } from '../src/read/jsonLayout.js';
import type { RuleExample, RuleMeaning, RulePage } from '../src/report/rulePages.js';

/** The rules as a page: an anchor a rule, in groups. */
export function rulesPage(pages: readonly RulePage[]): string {
  const groups = [...new Set(pages.map(({ group }) => group))];
  const inGroup = (group: string): readonly RulePage[] => pages.filter((page) => page.group === group);
  return `# Rules

What \`clinik-fhir validate\` can report, by the identifier that each issue has in \`details.coding[0].code\`; \`clinik-fhir explain
RULE\` prints the same. Made by \`npm run generate\` from the tables of R4 and from scripts/rules; a test holds every broken example
to be reported, at the place that it says, and every fine one to be free of errors.

The words and expressions of R4's invariants are HL7's own. *Repaired* says why an expression here is another one: R4's cannot do
what its own words ask.

${groups.map((group) => contents(group, inGroup(group))).join('\n')}

${groups.map((group) => `## ${group}\n\n${sections(inGroup(group))}`).join('\n\n')}
`;
}

function contents(group: string, pages: readonly RulePage[]): string {
  return `- [${group}](#${anchor(group)}): ${pages.map(({ id }) => `[${id}](#${anchor(id)})`).join(', ')}`;
}

/** The fragment that GitHub makes of a heading. */
const anchor = (heading: string): string =>
  heading
    .toLowerCase()
    .replace(/[^\w\- ]/g, '')
    .replaceAll(' ', '-');

/** The rules of a group; an invariant that says the same as one before, of another type, is left to that one. */
function sections(pages: readonly RulePage[]): string {
  const known = new Map<string, string>();
  const texts = pages.map(({ id, meanings }) => {
    const parts = meanings.map((one) => {
      const said = JSON.stringify([one.severity, one.says, one.expression, one.fix]);
      const before = one.expression === undefined ? undefined : known.get(said);
      if (before === undefined) known.set(said, id);
      return before === undefined ? meaning(one) : `${places(one)}: the same as [${before}](#${anchor(before)}).`;
    });
    return `### ${id}\n\n${parts.join('\n\n')}`;
  });
  return texts.join('\n\n');
}

function meaning(one: RuleMeaning): string {
  const { says, expression, repaired, native, fix, example } = one;
  return [
    `${places(one)}: ${says}`,
    ...(expression === undefined ? [] : [fenced('', expression)]),
    ...(repaired === undefined ? [] : [`*Repaired:* ${repaired}`]),
    ...(native === undefined ? [] : [`*Checked by code:* ${native}.`]),
    `*To fix it:* ${fix}`,
    ...(example === undefined ? [] : [pair(example)]),
  ].join('\n\n');
}

const places = ({ severity, where }: RuleMeaning): string => `**${severity}** on ${where.map(place).join(', ')}`;

/** A path of R4 is code, and words are words. */
const place = (where: string): string => (/^[A-Z][\w.]*$/.test(where) ? `\`${where}\`` : where);

function pair({ of, fine, broken, at, also }: RuleExample): string {
  const kind = of === 'resource' ? '' : of === 'rule' ? ', a rule of your own' : `, a payload of \`${of.payload}\``;
  const others = also === undefined ? '' : `, and as ${also.map((id) => `[${id}](#${anchor(id)})`).join(', ')}`;
  return `Broken${kind}, reported at \`${at}\`${others}:\n\n${fenced('json', layoutJson(broken, 110))}\n\nFine:\n\n${fenced('json', layoutJson(fine, 110))}`;
}

const fenced = (language: string, text: string): string => `\`\`\`${language}\n${text}\n\`\`\``;
