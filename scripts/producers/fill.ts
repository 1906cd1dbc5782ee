/** What docs/producers.md fills in, where a resource has nothing. */
export const FILL = {
  'documents.practitionerId': 'prac_1',
  'documents.title': 'Imported document',
  'assessments.summary': 'Imported without a summary',
};
