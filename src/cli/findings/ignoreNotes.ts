import type { Ignore, Ignores } from '../../check/ignore.js';
import { currentId, formerIdsIn } from '../../report/renamedIds.js';

/** Ignores that set nothing aside are said to whoever wrote them: on the command line, or in a config file. */
export function unusedIgnores(ignores: Ignores, flags: readonly Ignore[], config: string | undefined): string[] {
  return ignores.unused().map((ignore) => {
    const { rule, path } = ignore;
    const place = path === undefined ? rule : `${rule}:${path}`;
    const isFlag = config === undefined || flags.some((flag) => flag === ignore);
    const name = isFlag ? `--ignore ${place}` : `${config}: the ignore of ${place}`;
    return `${name} set nothing aside; if these were all of your files, it can go.`;
  });
}

/** One warning for all old ids in the ignores and the baseline of a run; none, where there is no old id. */
export function renamedIds(ignores: readonly Ignore[], ofBaseline: readonly string[] = []): string[] {
  const former = new Set([...formerIdsIn(ignores.map(({ rule }) => rule)), ...ofBaseline]);
  if (former.size === 0) return [];
  const names = [...former].map((id) => `${id} is now ${currentId(id)}`).join(', ');
  return [`warning: ${names}. The old ids are read until 1.0.`];
}
