/** The types of which a rule reads more than what they are called. */
export const READ: ReadonlySet<string> = new Set(['Condition', 'Binary']);
