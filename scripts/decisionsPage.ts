/** The list of the decisions as a page, from their files' names and texts. */
export function decisionsPage(decisions: Readonly<Record<string, string>>): string {
  const files = Object.keys(decisions).sort();
  const numbers = files.map(numberOf);
  const twice = numbers.find((number, index) => numbers.indexOf(number) !== index);
  if (twice !== undefined) throw new Error(`there are two decisions ${twice}`);
  const rows = files.map((file) => {
    const text = decisions[file] ?? '';
    return `| [${numberOf(file)}](${file}) | ${titleOf(file, text).replaceAll('|', '\\|')} | ${statusOf(file, text, files)} |`;
  });
  return `# Decisions

One short file each, for what would surprise a newcomer: context, decision, consequence. Made from these files by
\`npm run generate\`. A decision that another one takes the place of stays, with a line of its own below the title:
\`Replaced by [number](file).\`

| number | title | status |
| --- | --- | --- |
${rows.join('\n')}
`;
}

function numberOf(file: string): string {
  const [, number] = /^(\d{3})-[a-z0-9-]+\.md$/.exec(file) ?? [];
  if (number === undefined) throw new Error(`${file} is not named like a decision: 001-what-was-decided.md`);
  return number;
}

function titleOf(file: string, text: string): string {
  const [, title] = /^# (.+)\n/.exec(text) ?? [];
  if (title === undefined) throw new Error(`${file} does not begin with its title`);
  return title;
}

function statusOf(file: string, text: string, files: readonly string[]): string {
  const [, link, target] = /^Replaced by (\[\d{3}\]\(([^)]+)\))\.$/m.exec(text) ?? [];
  if (link === undefined || target === undefined) return 'accepted';
  if (target === file || !files.includes(target)) throw new Error(`what ${file} is replaced by is not there`);
  return `replaced by ${link}`;
}
