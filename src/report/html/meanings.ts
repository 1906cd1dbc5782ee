import { placesOf, rulePages } from '../rulePages.js';

/** What the catalogue says of a rule or an issue, as far as it has it. */
export interface Meanings {
  readonly says?: string;
  /** The FHIRPath, where the rule is one expression. */
  readonly expression?: string;
  readonly fix?: string;
}

/** What an identifier means, and how to fix what it was said of; nothing for one of the user's own. */
export function meaningsOf(id: string): Meanings {
  const meanings = rulePages().get(id)?.meanings ?? [];
  const [first] = meanings;
  if (first === undefined) return {};
  if (meanings.length === 1) return { says: first.says, expression: first.expression, fix: first.fix };
  const fixes = [...new Set(meanings.map(({ fix }) => fix))];
  return {
    says: meanings.map((meaning) => `${placesOf(meaning)}: ${meaning.says}`).join(' · '),
    fix: fixes.join(' · '),
  };
}
