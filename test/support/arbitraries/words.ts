// The strings that go wrong: markup, white space, scripts, and text that looks like a code, a reference or a keyword.

export const XML = [
  ...['&', '<', '>', '"', "'", ']]>', '&amp;', '&lt;', '&#13;', '&#x0D;', '&nbsp;', '&bogus;', '&amp;lt;'],
  ...['<b>x</b>', '<br/>', '<br>', '<!-- -->', '<!-- c -->', '<![CDATA[x]]>', '<?pi?>', '<p>a</p><p>b</p>'],
  ...['</div>', '<div xmlns="http://www.w3.org/1999/xhtml">x</div>', 'a < b && c > d', '<script>alert(1)</script>'],
];

export const WHITE = [
  ...[' ', '  ', '   ', '\t', '\t\t', '\n', '\n\n', '\r', '\r\n', '\r\n\r\n', '\n\r', ' \n ', '\r\r'],
  ...['\u00a0', '\u00a0\u00a0', '\u0085', '\u2028', '\u2029', '\u3000', '\ufeff', '\u200b', '\u2003 '],
];

export const SCRIPTS = [
  // astral: emoji, sequences, mathematical letters
  ...['😀', '👩\u200d⚕️', '🇩🇪', '👍🏽', '𝒳', '𠮷', '\u{10FFFD}', '🩺 ok'],
  // combining characters, and pairs that normalisation would merge
  ...['e\u0301', '\u00e9', 'a\u0308\u0323', '\u0301', '한', '\u1112\u1161\u11ab', 'ﬁ', 'Å', '\u212b', 'İ', 'ß'],
  // right to left, and the marks that turn direction
  ...['שלום', 'مرحبا', 'الضغط 120/80', '\u200f', '\u202eabc\u202c', '\u2066x\u2069', '\u061c', 'ﷺ'],
  ...['ünïcödé', '日本語', 'Ω', '\ufffd', '\u007f', '\u0090', '½', '°C', '–', '…'],
];

/** Not characters at all. FHIR's string allows them, XML does not. */
export const NON_CHARACTERS = ['\ufffe', '\uffff'];

export const CODES = [
  ...['I10', 'E11.9', 'J45.909', 'Z00.00', 'i10', 'I10.', 'R', 'A00', 'U07.1', 'S72.001A'],
  ...['B12', 'C56', 'T12', 'L45', 'C61', 'B12.5', '850.0', 'E11.41', 'HP:0001250'],
  ...['24323-8', '24323-7', '18842-5', '10154-3', '718-7', '2345-7', '1-8', '24323-8 '],
  ...['281900007', '73211009', '38341003', '22298006', '281900008', '900000000000207008', '11000000106'],
  ...['AMB', 'IMP', 'EMER', 'HH', 'VR', 'amb', 'R', 'LAB', 'RAD', 'PAT', 'AD', 'DD', 'CC', 'CM', 'pre-op', 'billing'],
  ...['approve', 'fulfill', 'PPRF', 'ATND', 'PART', 'N', 'V', 'EM', 'S', 'UR', 'stat', 'completed', 'unknown'],
];

export const DISPLAYS = [
  ...['routine', 'Routine', 'ambulatory', 'Laboratory', 'Admission diagnosis', 'emergency', 'inpatient encounter'],
  ...['Essential hypertension', 'Type 2 diabetes mellitus', 'primary performer', 'participation', 'Discharge summary'],
  ...['Comprehensive metabolic 2000 panel - Serum or Plasma', 'Hospital course', 'Chief complaint Narrative'],
];

export const SLUGS = [
  ...['initial-assessment', 'follow-up', 'discharge', 'pre-operative', 'hospital-course', 'chief-complaint'],
  ...['discharge-summary', 'referral-letter', 'care-plan', 'operative-report', 'transfer-summary'],
  ...['consultation-report', 'medications', 'physical-exam'],
];

export const REFERENCES = [
  ...['Patient/pt_abc', 'Condition/c1', 'Location/l1', 'Organization/org_1', 'Practitioner/p1', 'Procedure/p1'],
  ...['cond_c1', 'pt_abc123', '#c1', '#', 'urn:uuid:3f2a1c9e-58b7-4c6d-9e0f-1a2b3c4d5e6f', 'http://x/Patient/1'],
  ...['Patient?identifier=a|b', 'Patient/1/_history/2', 'Foo/x', 'Patient/', '/Patient/1', 'Condition/c 1'],
  ...['https://api.clinikapi.com/v1/patients', 'http://loinc.org|24323-8', '3f2a1c9e-58b7-4c6d-9e0f-1a2b3c4d5e6f'],
];

export const PROTOTYPE_WORDS = ['__proto__', 'constructor', 'toString', 'hasOwnProperty', 'valueOf', 'prototype'];

export const LITERALS = [
  ...['0', '1', '-1', '1.0', '1e3', '0x10', 'NaN', 'Infinity', 'true', 'false', 'null', 'undefined', '{}', '[]', '""'],
  ...['2024-01-01', '2024', '2024-02', '2024-02-29T12:00:00Z', '20240101', '31/12/2024', '12:00:00', '120/80'],
  ...['%s', '{0}', '$&', '$1', '\\', '\\n', '\\u0041', '../..', 'a|b', 'a,b', 'a;b', '-', '.', '_', '*', '`', '|x|'],
];

export const PROSE = [
  ...['patient', 'stable', 'on', 'admission', 'Blood pressure', 'well', 'no', 'acute', 'distress.', 'Plan:', 'review'],
  ...['in', 'two', 'weeks,', 'continue', 'metformin', '500 mg', 'b.i.d.', 'ECG', 'normal', '(see', 'note)', 'Dr. Ng'],
];
