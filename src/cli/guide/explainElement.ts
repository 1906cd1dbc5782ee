import { UsageError } from '../../read/usageError.js';
import { amount } from '../../report/amount.js';
import { type Paint, paint } from '../style.js';
import { wrap } from '../wrap.js';
import type { GuideSettings } from './asked.js';
import { type ElementSays, elementRules } from './elementRules.js';
import { guideOf } from './guideOf.js';

/** What the profiles of a guide say of an element. */
export interface ElementPage {
  readonly profile: string;
  readonly title: string;
  readonly elements: readonly ElementSays[];
}

/** Text wider than this is hard to read, however wide the terminal is. */
const WIDEST = 110;

/**
 * Prints what the profiles of guides say of an element and of what is below it: all of them that are of its type, or those of `profile`.
 * @throws UsageError for guides that cannot be used, and where no profile says anything of the element.
 */
export function explainElement(path: string, settings: GuideSettings, json: boolean): void {
  const run = guideOf(settings);
  const canonicals = run.data.profile.length > 0 ? run.data.profile : run.guide.canonicals();
  const [type = ''] = path.split('.');
  const pages = canonicals.flatMap((canonical): ElementPage[] => {
    const profile = run.guide.profile(canonical);
    if (profile === undefined || profile.type !== type) return [];
    const elements = elementRules(profile, path, run.guide);
    return elements.length === 0 ? [] : [{ profile: profile.url, title: profile.title, elements }];
  });
  if (pages.length === 0)
    throw new UsageError(
      'no profile of these guides says anything of this element beyond R4. An element is written as in Patient.identifier.system, with the slice as in Patient.identifier:mrn.',
    );
  const { stdout } = process;
  if (json) stdout.write(`${JSON.stringify(pages, null, 2)}\n`);
  else stdout.write(`${elementLines(pages, Math.min(stdout.columns || 100, WIDEST), paint(stdout)).join('\n')}\n`);
}

function elementLines(pages: readonly ElementPage[], width: number, { bold, dim, name }: Paint): string[] {
  return [
    ...pages.flatMap(({ profile, title, elements }) => [
      `${bold(title)}  ${dim(profile)}`,
      ...elements.flatMap(({ id, says }) => {
        const line = says.join(', ');
        if (id.length + line.length + 4 <= width) return [`  ${name(id)}  ${line}`];
        return [`  ${name(id)}`, ...says.flatMap((one) => wrap(one, width - 6)).map((part) => `      ${part}`)];
      }),
      '',
    ]),
    `${amount(pages.length, 'profile')}. What R4 itself says of the element holds besides.`,
  ];
}
