import fc from 'fast-check';

const cell = fc.constantFrom(
  '',
  'a',
  'Drug',
  '5 mg',
  'a & b',
  '<b>',
  '\u00a0',
  ' x',
  'a  b',
  'é😀',
  '- a',
  '[struck out: a]',
  '^2',
);
const gap = fc.constantFrom('\t', '\t', '\n', '\n', ' ', '  ', '\r\n', '\r', '\n\n', '', '\u200b', '\u2028');

/** Text that is laid out: tables by tabs, whole or broken, lines, columns by spaces; always with something to see. */
export const layouts: fc.Arbitrary<string> = fc.oneof(
  fc
    .tuple(
      fc.integer({ min: 1, max: 4 }),
      fc.array(fc.array(cell, { minLength: 4, maxLength: 4 }), { minLength: 1, maxLength: 4 }),
    )
    .map(([width, rows]) => rows.map((row) => row.slice(0, width).join('\t')).join('\n'))
    .map((text) => (/\S/.test(text) ? text : `${text}x`)),
  fc
    .array(fc.tuple(cell, gap), { minLength: 1, maxLength: 8 })
    .map((parts) => parts.flat().join(''))
    .map((text) => (/\S/.test(text) ? text : `x${text}`)),
);
