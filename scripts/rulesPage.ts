import { layoutJson } from '../src/read/jsonLayout.js';
import type { RuleExample, RuleMeaning, RulePage } from '../src/report/rulePages.js';

/** The pages of the rules by their paths from the project's root: an index with an anchor for each id, and a page for each group. */
export function rulesPages(pages: readonly RulePage[]): Record<string, string> {
  const groupOf = new Map(pages.map(({ id, group }) => [id, group]));
  const files: Record<string, string> = { 'docs/rules.md': indexPage(pages) };
  for (const group of new Set(groupOf.values())) {
    const linkTo = (id: string): string => {
      const other = groupOf.get(id) ?? group;
      return `[${id}](${other === group ? '' : `${anchor(other)}.md`}#${anchor(id)})`;
    };
    const inGroup = pages.filter((page) => page.group === group);
    files[`docs/rules/${anchor(group)}.md`] =
      `# Rules: ${group}\n\n[All rules](../rules.md)\n\n${sections(inGroup, linkTo)}\n`;
  }
  return files;
}

function indexPage(pages: readonly RulePage[]): string {
  const groups = [...new Set(pages.map(({ group }) => group))];
  return `# Rules

What \`clinik-fhir validate\` can report, by the id that each issue has in \`details.coding[0].code\`; \`clinik-fhir explain ID\` prints
the same. Made by \`npm run generate\` from the tables of R4 and from scripts/rules; a test holds every broken example to be reported,
at the place that it says, and every fine one to be free of errors.

The words and expressions of R4's invariants are HL7's own. *Repaired* says why an expression here is another one: R4's cannot do
what its own words ask.

${groups
  .map(
    (group) =>
      `## [${group}](rules/${anchor(group)}.md)\n\n${pages
        .filter((page) => page.group === group)
        .map(entry)
        .join('\n')}`,
  )
  .join('\n\n')}
`;
}

/** A line of the index; links to an id on this page lead here. */
function entry({ id, group, meanings: [first] }: RulePage): string {
  return `- <a id="${anchor(id)}"></a>[${id}](rules/${anchor(group)}.md#${anchor(id)}): ${words(first?.says ?? '')}`;
}

/** Text in which a tag is a word. */
const words = (text: string): string => text.replaceAll('<', '&lt;');

type LinkTo = (id: string) => string;

/** The fragment that GitHub makes of a heading. */
const anchor = (heading: string): string =>
  heading
    .toLowerCase()
    .replace(/[^\w\- ]/g, '')
    .replaceAll(' ', '-');

/** The rules of a group; an invariant that says the same as one before, of another type, is left to that one. */
function sections(pages: readonly RulePage[], linkTo: LinkTo): string {
  const known = new Map<string, string>();
  const texts = pages.map(({ id, meanings }) => {
    const parts = meanings.map((one) => {
      const said = JSON.stringify([one.severity, one.says, one.expression, one.fix]);
      const before = one.expression === undefined ? undefined : known.get(said);
      if (before === undefined) known.set(said, id);
      return before === undefined ? meaning(one, linkTo) : `${places(one)}: the same as ${linkTo(before)}.`;
    });
    return `## ${id}\n\n${parts.join('\n\n')}`;
  });
  return texts.join('\n\n');
}

function meaning(one: RuleMeaning, linkTo: LinkTo): string {
  const { says, expression, repaired, native, fix, example } = one;
  return [
    `${places(one)}: ${words(says)}`,
    ...(expression === undefined ? [] : [fenced('', expression)]),
    ...(repaired === undefined ? [] : [`*Repaired:* ${repaired}`]),
    ...(native === undefined ? [] : [`*Checked by code:* ${native}.`]),
    `*To fix it:* ${fix}`,
    ...(example === undefined ? [] : [pair(example, linkTo)]),
  ].join('\n\n');
}

const places = ({ severity, where }: RuleMeaning): string => `**${severity}** on ${where.map(place).join(', ')}`;

/** A path of R4 is code, and words are words. */
const place = (where: string): string => (/^[A-Z][\w.]*$/.test(where) ? `\`${where}\`` : where);

function pair({ of, fine, broken, at, also }: RuleExample, linkTo: LinkTo): string {
  const kind = of === 'resource' ? '' : of === 'rule' ? ', a rule of your own' : `, a payload of \`${of.payload}\``;
  const others = also === undefined ? '' : `, and as ${also.map(linkTo).join(', ')}`;
  return `Broken${kind}, reported at \`${at}\`${others}:\n\n${fenced('json', layoutJson(broken, 110))}\n\nFine:\n\n${fenced('json', layoutJson(fine, 110))}`;
}

const fenced = (language: string, text: string): string => `\`\`\`${language}\n${text}\n\`\`\``;
