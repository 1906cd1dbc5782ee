import type { Inputs, LeftOut } from '../read/findInputs.js';
import { amount } from './amount.js';

/** How many of a kind are named before the rest is only counted. */
const MOST = 5;

const KINDS: { readonly [kind in LeftOut['kind']]: string } = {
  pipe: 'a pipe',
  device: 'a device',
  socket: 'a socket',
};

/** What of the folders was not read, in sentences: nobody shall take it for read. None where everything was. */
export function asideOf({ leftOut, endings }: Pick<Inputs, 'leftOut' | 'endings'>): string[] {
  const rest = leftOut.length - MOST;
  const named = leftOut
    .slice(0, MOST)
    .map(({ path, kind }) => `${path}: it is ${KINDS[kind]}, which is read only where it is named itself.`);
  return [...named, ...(rest > 0 ? [`And ${amount(rest, 'other')} that are no files.`] : []), ...byEnding(endings)];
}

function byEnding(endings: Inputs['endings']): string[] {
  const counts = Object.entries(endings).sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1));
  const total = counts.reduce((sum, [, count]) => sum + count, 0);
  if (total === 0) return [];
  const said = counts
    .slice(0, MOST)
    .map(([ending, count]) => `${count} ${ending === '' ? 'without an ending' : ending}`);
  if (counts.length > MOST) said.push('…');
  const was = total === 1 ? 'was skipped, for its name is' : 'were skipped, for their names are';
  return [`${amount(total, 'file')} ${was} that of no input (.json, .ndjson, gzipped or not): ${said.join(', ')}.`];
}
