import type { Conversion } from '../../convert/conversion.js';
import { amount, number } from '../../report/amount.js';
import { wrap } from '../wrap.js';
import type { PageOptions } from './page.js';

/** How many of the references of a record the id map knew; without lines where it was asked for none. */
export function mapLine(conversion: Conversion, { width, paint: { bad, dim } }: PageOptions): string[] {
  const upload =
    conversion.kind === 'converted'
      ? conversion.upload
      : conversion.kind === 'rejected'
        ? conversion.wanting
        : undefined;
  const asked = upload?.links.filter(({ called }) => called !== undefined && !('noRow' in called)) ?? [];
  if (asked.length === 0) return [];
  const known = asked.filter(({ isMapped }) => isMapped === true).length;
  const said = `The id map knew ${known === 0 ? 'none' : number(known)} of ${amount(asked.length, 'reference')}.`;
  return wrap(said, width).map(known === 0 ? bad : dim);
}
