import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { convertRecord } from '../../../src/convert/convertRecord.js';
import { recordsOf } from '../../../src/read/recordsOfValue.js';
import { ensure } from '../../support/ensure.js';
import { runs } from '../../support/runs.js';
import { choices, object, textOf, tokensOf, type Written, withReferences } from './jsonTexts.js';

const MAP: ReadonlyMap<string, string> = new Map([
  ['Patient/p1', '0a1b'],
  ['Encounter/e1', 'enc_5'],
  ['Observation/1', 'same'],
  ['Practitioner/x', 'x'],
]);

const literal = fc.constantFrom(
  'Patient/p1',
  'Patient/p1/_history/3',
  'Patient/unknown',
  'Encounter/e1',
  'Observation/1',
  'Practitioner/x',
  '#inside',
  'urn:uuid:5f6a2f6c-0c1c-4d8a-9a53-000000000001',
  'no reference at all',
);

/** What becomes of a reference, where it changes. */
function mapped(text: string): string | undefined {
  const plain = text.replace(/\/_history\/3$/, '');
  const id = MAP.get(plain);
  const name = `${plain.slice(0, plain.indexOf('/'))}/${id}`;
  return id === undefined || name === text ? undefined : name;
}

const words = fc.oneof(
  fc.constantFrom('Patient/p1', '"reference":"Patient/p1"', 'a\\b', 'ü/\u2028"', '\ud83d\ude00', '</div>'),
  fc.string(),
);
const digits = fc.constantFrom('1.50', '-0', '1e400', '12345678901234567890.0', '0.10E+2', '7');

const reference: fc.Arbitrary<Written> = fc
  .tuple(literal, fc.option(words, { nil: undefined }), fc.boolean())
  .map(([text, display, isFirst]) => {
    const members = [['reference', text] as const, ['display', display] as const];
    return object(isFirst ? members : members.reverse());
  });

const extension = fc.tuple(reference, fc.option(reference, { nil: undefined })).map(([value, inside]) =>
  object([
    ['url', 'Patient/p1'],
    [
      'extension',
      inside === undefined
        ? undefined
        : [
            object([
              ['url', 'x'],
              ['valueReference', inside],
            ]),
          ],
    ],
    ['valueReference', inside === undefined ? value : undefined],
  ]),
);

const optional = <T>(of: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> => fc.option(of, { nil: undefined });

const observation = fc
  .record({
    subject: optional(reference),
    performer: optional(fc.array(reference, { minLength: 1, maxLength: 3 })),
    hasMember: optional(fc.array(reference, { minLength: 1, maxLength: 2 })),
    extension: optional(fc.array(extension, { minLength: 1, maxLength: 2 })),
    inside: optional(reference),
    text: words,
    digits,
    assigner: optional(reference),
    unknown: optional(reference),
  })
  .map((of) =>
    object([
      ['resourceType', 'Observation'],
      ['id', 'Patient-p1'],
      ['extension', of.extension],
      [
        'contained',
        of.inside === undefined
          ? undefined
          : [
              object([
                ['resourceType', 'Specimen'],
                ['id', 'inside'],
                ['subject', of.inside],
              ]),
            ],
      ],
      [
        'identifier',
        of.assigner === undefined
          ? undefined
          : [
              object([
                ['value', '1'],
                ['assigner', of.assigner],
              ]),
            ],
      ],
      ['status', 'final'],
      [
        '_status',
        of.inside === undefined
          ? undefined
          : object([
              [
                'extension',
                [
                  object([
                    ['url', 'y'],
                    ['valueReference', of.inside],
                  ]),
                ],
              ],
            ]),
      ],
      ['implicitRules', 'Patient/p1'],
      ['subject', of.subject],
      ['performer', of.performer],
      ['hasMember', of.hasMember],
      [
        'valueQuantity',
        object([
          ['value', { digits: of.digits }],
          ['unit', of.text],
        ]),
      ],
      ['note', [object([['text', of.text]])]],
      ['somebody', of.unknown],
    ]),
  );

describe('a record that goes as it is', () => {
  it('keeps every token of its text but the strings of references that the id map knows', () => {
    fc.assert(
      fc.property(observation, choices, (value, chosen) => {
        const text = textOf(value, chosen);
        const [record] = recordsOf('a.ndjson', {
          value: JSON.parse(text),
          text,
          line: 1,
          bytes: Buffer.from(text),
          isDocument: false,
        });
        ensure(record !== undefined);
        const options = { rawTypes: ['all'], resolveId: (name: string) => MAP.get(name) };
        const conversion = convertRecord(record, options);
        ensure(conversion.kind === 'raw', conversion.kind);
        const bytes = conversion.raw.bytes();
        ensure(Buffer.isBuffer(bytes));
        expect(tokensOf(bytes.toString())).toStrictEqual(tokensOf(withReferences(text, mapped)));
        // Without a map there is nothing to change.
        const asItIs = convertRecord(record, { rawTypes: ['Observation'] });
        ensure(asItIs.kind === 'raw');
        expect(asItIs.raw.bytes()).toStrictEqual(Buffer.from(text));
      }),
      { numRuns: runs(3000) },
    );
  });

  it('is told by the test to have weird texts', () => {
    const text = textOf(object([['reference', 'Patient/p1']]), [9, 0, 18, 1, 27, 0]);
    expect(text).toContain('\\u00');
    expect(withReferences(text, mapped)).toContain('"Patient/0a1b"');
  });
});
