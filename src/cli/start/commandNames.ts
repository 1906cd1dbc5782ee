/** The commands, as they are listed by help. What is compiled is kept for each by itself. */
export const COMMAND_NAMES = ['convert', 'ids', 'inspect', 'validate', 'fields', 'explain'] as const;
