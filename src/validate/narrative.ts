export function narrativeFaults(
  _div: string,
): readonly { id: 'narrative-not-xhtml' | 'txt-1' | 'txt-2'; diagnostics: string }[] {
  return [];
}
