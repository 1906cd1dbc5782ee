import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { decisionsPage } from '../scripts/decisionsPage.js';

const folder = join('docs', 'decisions');
const files = readdirSync(folder).filter((file) => file !== 'README.md');
const page = readFileSync(join(folder, 'README.md'), 'utf8');

describe('the table of the decisions', () => {
  it.each(files)('has one row for %s, with its title', (file) => {
    const [title = ''] = readFileSync(join(folder, file), 'utf8').split('\n');
    const rows = page.split('\n').filter((line) => line.startsWith(`| [${file.slice(0, 3)}](${file}) |`));
    expect(rows).toStrictEqual([expect.stringContaining(` | ${title.replace(/^# /, '')} | `)]);
  });

  it('has a row for nothing else', () => {
    expect(page.split('\n').filter((line) => /^\| \[/.test(line))).toHaveLength(files.length);
  });

  it('says which decision replaces another one', () => {
    const made = decisionsPage({
      '002-b.md': '# B\n\n**Context.** …\n',
      '001-a.md': '# A\n\nReplaced by [002](002-b.md).\n\n**Context.** …\n',
    });
    const rows = ['| [001](001-a.md) | A | replaced by [002](002-b.md) |', '| [002](002-b.md) | B | accepted |'];
    expect(made.split('\n').filter((line) => /^\| \[/.test(line))).toStrictEqual(rows);
  });

  it.each([
    ['two of one number', { '001-a.md': '# A\n', '001-b.md': '# B\n' }, 'two decisions 001'],
    ['a file without a number', { 'a.md': '# A\n' }, 'not named like a decision'],
    ['a text without a title', { '001-a.md': 'A\n' }, 'does not begin with its title'],
    ['a successor that is not there', { '001-a.md': '# A\n\nReplaced by [002](002-b.md).\n' }, 'is not there'],
  ])('refuses %s', (_, decisions: Record<string, string>, message) => {
    expect(() => decisionsPage(decisions)).toThrow(message);
  });

  it.each(files)('leads to context and decision in %s', (file) => {
    const text = readFileSync(join(folder, file), 'utf8');
    expect(text).toContain('\n**Context.** ');
    expect(text).toContain('\n**Decision.** ');
  });
});
