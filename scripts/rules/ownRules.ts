import type { ValidationRule } from '../../src/validate/userRules.js';
import type { Entries, Entry } from './entry.js';

const named: ValidationRule = {
  id: 'patient-named',
  context: 'Patient',
  severity: 'error',
  expression: 'name.exists()',
  message: 'A Patient has a name.',
};

function rule(fix: string, where: string, fine: string, broken: string, at: string): Entry {
  const example = {
    of: 'rule' as const,
    fine: { ...named, expression: fine },
    broken: { ...named, expression: broken },
    at,
  };
  return { fix, where, example };
}

/** What is said of a run itself, and of rules of the caller's own. The rules of the examples are run on a Patient of two names. */
export const ownRules: Entries = {
  'rule-invalid': rule(
    'Correct the rule at the place that the message gives: an id, a context that R4 has, a severity, FHIRPath and a message.',
    'the rules of --rules, or of the option `rules`',
    'name.exists()',
    'name.exists(',
    'Resource',
  ),
  'rule-not-evaluated': rule(
    'Write the expression so that it can be run on every element of its context: where() or all() for what repeats.',
    'every element that a rule of the caller’s own is asked of',
    "name.all(family.startsWith('L'))",
    "name.family.startsWith('L')",
    'Patient',
  ),
  'invariant-not-evaluated': {
    fix: 'Look at the element by hand: an expression of R4’s own cannot be run on it, or there is no FHIRPath engine here: import clinik-fhir/fhirpath.',
    where: 'every element with an invariant',
  },
  'issues-truncated': {
    fix: 'Fix what is reported first, or ask for more with --max-issues.',
    where: 'the whole input',
  },
  valid: { fix: 'Nothing to fix.', where: 'the whole input' },
};
