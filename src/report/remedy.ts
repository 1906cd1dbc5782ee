import { pageOf } from './rulePages.js';

/** What to do about an issue, a refusal or a finding, in one sentence; undefined where nothing is written of its id. */
export function remedyOf(id: string): string | undefined {
  const [meaning] = pageOf(id)?.meanings ?? [];
  return meaning?.fix.match(/^.*?[.!?](?= |$)/s)?.[0] ?? meaning?.fix;
}
