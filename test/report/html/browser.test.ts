import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect } from '@jest/globals';
import type { Page } from 'playwright-core';
import { html } from '../../../src/check/formats/html.js';
import { finding, NOTHING } from '../../check/formats/samples.js';
import { clinikFhir } from '../../cli/run.js';
import { broken, doubtful, fine } from '../../cli/scratch.js';
import { noBrowser, withFile } from '../../support/browser.js';
import { ensure, unless } from '../../support/ensure.js';
import { fill, temporaryFolder } from '../../support/folder.js';

const CANARY = 'Canary7f3a';

/** The report of a check in which three rules are broken. */
async function validated(): Promise<string> {
  const marked = { ...broken, id: CANARY, name: [{ family: CANARY, period: { start: '2020', end: '2019' } }] };
  const folder = fill(temporaryFolder(), {
    'a.ndjson': [fine, marked, broken, { ...fine, gender: CANARY, [CANARY]: CANARY }],
    'b.json': doubtful,
  });
  const path = join(folder, 'report.html');
  const { code, stderr } = await clinikFhir(['validate', folder, '--best-practice', '--report', path]);
  expect([code, stderr]).toStrictEqual([1, '']);
  return path;
}

/** What stands in a column of a table, row by row, without what the search hides. */
function column(page: Page, section: string, index: number): Promise<string[]> {
  return page.locator(`#${section} tbody tr:not([hidden]) > :nth-child(${index + 1})`).allTextContents();
}

const open = unless(noBrowser);

describe('a report in Chromium', () => {
  open('asks for nothing, breaks no policy, and holds no value', async () => {
    const path = await validated();
    await withFile(path, async ({ page, asked, said }) => {
      await page.getByRole('searchbox').fill('error');
      await page.getByText('Dark', { exact: true }).click();
      await page.getByRole('button', { name: 'Findings' }).first().click();
      expect([asked, said]).toStrictEqual([[], []]);
      expect(await page.content()).not.toContain(CANARY);
    });
    expect(readFileSync(path, 'utf8')).not.toMatch(new RegExp(CANARY, 'i'));
  });

  open('runs no other script, and takes no other style', async () => {
    const path = await validated();
    const text = readFileSync(path, 'utf8');
    const injected =
      '<script>document.title = "taken"</script><img src="https://example.org/x"><i style="color:red">x</i>';
    writeFileSync(path, text.replace('<footer>', `${injected}<footer>`));
    await withFile(path, async ({ page, said }) => {
      expect(await page.title()).toMatch(/^Validation report: /);
      expect(said.filter((line) => line.includes('Content Security Policy'))).toHaveLength(3);
    });
  });

  open('is sorted by a column, up and down, and says so', async () => {
    await withFile(await validated(), async ({ page }) => {
      const before = await column(page, 'rules', 0);
      expect(before.length).toBeGreaterThan(2);
      const head = page.locator('#rules thead th').first();
      const button = head.getByRole('button');
      await button.focus();
      await page.keyboard.press('Enter');
      expect(await head.getAttribute('aria-sort')).toBe('ascending');
      expect(await column(page, 'rules', 0)).toStrictEqual([...before].sort((a, b) => a.localeCompare(b, 'en')));
      expect(await page.getByRole('status').textContent()).toBe('Sorted by Rule, ascending');
      await page.keyboard.press('Enter');
      expect(await head.getAttribute('aria-sort')).toBe('descending');
      expect(await column(page, 'rules', 0)).toStrictEqual([...before].sort((a, b) => b.localeCompare(a, 'en')));
      await page.locator('#rules thead th').nth(2).getByRole('button').click();
      const counts = (await column(page, 'rules', 2)).map(Number);
      expect(counts).toStrictEqual([...counts].sort((a, b) => b - a));
      expect(await head.getAttribute('aria-sort')).toBeNull();
    });
  });

  open('is searched by all words, counts what it found, and follows a link to what it hid', async () => {
    await withFile(await validated(), async ({ page }) => {
      const search = page.getByRole('searchbox', { name: 'Search all tables' });
      const rows = page.locator('tbody tr:visible');
      const all = await rows.count();
      await search.fill('PER-1 error');
      expect(await column(page, 'rules', 0)).toStrictEqual(['per-1']);
      expect(await column(page, 'places', 1)).toStrictEqual(['per-1']);
      expect(await page.getByRole('status').textContent()).toBe(`2 of ${all} rows`);
      await search.fill('period a.ndjson:2');
      expect(await page.locator('#rules').isVisible()).toBe(false);
      await page.locator('#places tbody a').filter({ visible: true }).click();
      await expect(page.locator('#rule-per-1').isVisible()).resolves.toBe(true);
      expect(await rows.count()).toBe(all);
      await search.fill('per-1 of-no-rule');
      expect(await page.getByRole('status').textContent()).toBe('No row has all of these words');
      expect(await rows.count()).toBe(0);
    });
  });

  open('is light or dark as the system is, or as the switch says, and light on paper', async () => {
    await withFile(await validated(), async ({ page }) => {
      const isDark = async (): Promise<boolean> => {
        const colour = await page.evaluate<string>('getComputedStyle(document.body).color');
        return Number(/\d+/.exec(colour)?.[0]) > 128;
      };
      await page.emulateMedia({ colorScheme: 'light' });
      expect(await isDark()).toBe(false);
      await page.emulateMedia({ colorScheme: 'dark' });
      expect(await isDark()).toBe(true);
      await page.getByText('Light', { exact: true }).click();
      expect(await isDark()).toBe(false);
      await page.emulateMedia({ colorScheme: 'light' });
      await page.getByText('Dark', { exact: true }).click();
      expect(await isDark()).toBe(true);
      await page.emulateMedia({ media: 'print' });
      expect(await isDark()).toBe(false);
      expect(await page.getByRole('searchbox').isVisible()).toBe(false);
      expect(await page.locator('#rules table').isVisible()).toBe(true);
    });
  });

  open('is read in the order of the page, with the keyboard alone', async () => {
    await withFile(await validated(), async ({ page }) => {
      await page.keyboard.press('Tab');
      await expect(page.locator(':focus').textContent()).resolves.toBe('Skip to the tables');
      await page.keyboard.press('Tab');
      await expect(page.locator(':focus').getAttribute('name')).resolves.toBe('theme');
      await page.keyboard.press('Tab');
      await expect(page.locator(':focus').getAttribute('href')).resolves.toBe('#rules');
      expect(await page.getByRole('region').count()).toBeGreaterThanOrEqual(2);
      await expect(page.getByRole('table', { name: /^Broken rules/ }).count()).resolves.toBe(1);
    });
  });

  open('has 100,000 findings of as many paths as are told apart', async () => {
    const writer = html();
    for (let line = 1; line <= 100_000; line += 1) {
      const source = { file: 'export/Patient.ndjson', line, resourceType: 'Patient' };
      writer.add(finding({ source, expression: `Patient.name${line % 700}.given` }));
    }
    const path = join(temporaryFolder(), 'report.html');
    writeFileSync(path, writer.end({ ...NOTHING, new: { ...NOTHING.new, error: 100_000 } }));
    await withFile(path, async ({ page }) => {
      expect(await page.locator('#places tbody tr').count()).toBe(500);
      expect(await page.locator('#places .rest').textContent()).toMatch(/^28,\d+ more findings/);
      await page.getByRole('searchbox').fill('name42.given');
      expect(await column(page, 'places', 3)).toStrictEqual(['143']);
    });
    ensure(readFileSync(path).length < 500_000);
  });
});
