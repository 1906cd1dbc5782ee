import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { isObject } from '../src/lens/json.js';

const below = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((file) => join(folder, file));
const pages = [
  ...[...readdirSync('.'), ...['docs', 'examples', 'fixtures'].flatMap(below)].filter((file) => file.endsWith('.md')),
  // What is installed there leads back here by a link.
  ...readdirSync('integrations')
    .map((name) => join('integrations', name, 'README.md'))
    .filter(existsSync),
];

/** A page without its blocks of code, in which brackets are no links. */
const prose = (page: string): string => readFileSync(page, 'utf8').replace(/^```[\s\S]*?^```/gm, '');

/** The fragments that GitHub makes of a page's headings, and those that the page sets itself. */
function anchorsOf(page: string): Set<string> {
  const headings = [...prose(page).matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replace(/\[([^\]]*)\]\([^)]*\)/g, '$1')
      .replace(/[^\p{L}\p{N}_\- ]/gu, '')
      .replaceAll(' ', '-'),
  );
  return new Set([...headings, ...[...prose(page).matchAll(/<a (?:id|name)="([^"]+)"/g)].map(([, id = '']) => id)]);
}

describe('the pages', () => {
  it.each(pages)('have links in %s that lead somewhere', (page) => {
    const text = prose(page).replace(/`[^`]*`/g, '');
    const targets = [...text.matchAll(/\]\(([^)\s]+)\)/g)].map(([, target = '']) => target);
    const dead = targets.filter((target) => {
      if (/^https?:/.test(target)) return false;
      const [path = '', fragment] = target.split('#');
      const file = path === '' ? page : join(dirname(page), path);
      if (!existsSync(file)) return true;
      return fragment !== undefined && !anchorsOf(file).has(fragment);
    });
    expect(dead).toStrictEqual([]);
  });

  it('are reached from the README', () => {
    const links = [...readFileSync('README.md', 'utf8').matchAll(/\]\(([^)#\s]+)[^)]*\)/g)].map(([, target]) => target);
    const roots = pages.filter((page) => !page.includes('/') && !page.includes('\\') && page !== 'README.md');
    expect([...roots, 'examples/README.md'].filter((page) => !links.includes(page))).toStrictEqual([]);
  });
});

describe('CONTRIBUTING', () => {
  const page = readFileSync('CONTRIBUTING.md', 'utf8');
  const manifest: unknown = JSON.parse(readFileSync('package.json', 'utf8'));
  const scripts = isObject(manifest) && isObject(manifest.scripts) ? manifest.scripts : {};

  it('names scripts that there are', () => {
    const named = [...page.matchAll(/npm run ([\w:]+)/g)].map(([, name = '']) => name);
    expect(named.length).toBeGreaterThan(9);
    expect(named.filter((name) => !Object.hasOwn(scripts, name))).toStrictEqual([]);
  });

  it('names files and folders that there are', () => {
    const named = [...page.matchAll(/\b(?:src|test|scripts)\/[\w./]*\w/g)].map(([path]) => path);
    expect(named.length).toBeGreaterThan(15);
    const missing = named.filter((path) => !existsSync(path) && !existsSync(`${path}.test.ts`));
    expect(missing).toStrictEqual([]);
  });

  it('has a row for every room of src, and an arrow', () => {
    const rooms = readdirSync('src', { withFileTypes: true }).filter((entry) => entry.isDirectory());
    const rows = [...page.matchAll(/^\| `(\w+)` \|/gm)].map(([, room]) => room);
    expect([...rows].sort()).toStrictEqual(rooms.map(({ name }) => name).sort());
    const arrows = /^cli → .*$/m.exec(page)?.[0] ?? '';
    expect(arrows.split(/ → |, /).sort()).toStrictEqual([...rows].sort());
  });
});

describe('CHANGELOG', () => {
  const page = readFileSync('CHANGELOG.md', 'utf8');
  const headings = [...page.matchAll(/^## (.*)$/gm)].map(([, heading]) => heading);
  const manifest: unknown = JSON.parse(readFileSync('package.json', 'utf8'));

  it('begins with what is not released, and has the version of the package next, with its day', () => {
    const version = isObject(manifest) ? String(manifest.version) : '';
    expect(headings[0]).toBe('[Unreleased]');
    expect(headings[1]).toMatch(new RegExp(`^\\[${version.replaceAll('.', '\\.')}\\] - \\d{4}-\\d{2}-\\d{2}$`));
  });

  it('has the kinds of changes that Keep a Changelog has', () => {
    const kinds = [...page.matchAll(/^### (.*)$/gm)].map(([, kind]) => kind);
    const known = ['Added', 'Changed', 'Deprecated', 'Removed', 'Fixed', 'Security'];
    expect(kinds.filter((kind) => !known.includes(kind ?? ''))).toStrictEqual([]);
  });
});
