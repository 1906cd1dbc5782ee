import { guideLines } from '../../check/guide/guideLines.js';
import { guideTotals } from '../../check/guide/guideUse.js';
import type { RunGuide } from '../../read/packages/runGuide.js';
import { printable } from '../../read/printable.js';
import type { Paint } from '../style.js';
import { wrap } from '../wrap.js';

/** What a conversion held its records to, for people, in lines of at most `width` characters; it takes the counts of the guide. */
export function heldLines(guide: RunGuide, width: number, { warn }: Paint): string[] {
  const totals = guideTotals();
  totals.add(guide.take());
  return guideLines(totals.use(guide)).flatMap(({ text, isWarning }) =>
    wrap(printable(text), width).map((line) => (isWarning ? warn(line) : line)),
  );
}
