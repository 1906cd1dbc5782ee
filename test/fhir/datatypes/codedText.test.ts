import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { codedText, isTextAbsent, textWithCode } from '../../../src/fhir/datatypes/codedText.js';
import { payloadScope, readScope } from '../../../src/fhir/scope.js';
import { SYSTEM } from '../../../src/fhir/terminology/codeSystems.js';

const other = 'http://example.org/codes';
const codec = codedText(['icd-10', 'snomed']);
const reader = () => readScope('ClinicalImpression', {});
const icd = { system: SYSTEM.icd10cm, code: 'I10' };

describe('a text with a bare code', () => {
  it('is written with the system that the code tells', () => {
    assert.deepEqual(codec.write({ code: 'I10', text: 'HTN' }, payloadScope({})), { coding: [icd], text: 'HTN' });
    assert.deepEqual(codec.write({ code: 'I10' }, payloadScope({ edition: 'icd-10' }))?.coding, [
      { system: SYSTEM.icd10, code: 'I10' },
    ]);
    assert.deepEqual(codec.write({ code: 'htn', text: 'HTN' }, payloadScope({}))?.coding, [{ code: 'htn' }]);
  });

  it('comes back as what it was, with either part missing', () => {
    for (const value of [
      { code: 'I10', text: 'HTN' },
      { code: 'htn' },
      { text: 'HTN' },
      { code: '73211009' },
      { text: 'I10' },
    ]) {
      assert.deepEqual(codec.read(codec.write(value, payloadScope({})), reader()), value);
    }
  });

  it('marks a missing text, so that a display is not taken for it', () => {
    const written = codec.write({ code: 'I10' }, payloadScope({}));
    assert.equal(isTextAbsent(written), true);
    assert.equal(isTextAbsent({ ...written, text: 'HTN' }), false);
    assert.equal(isTextAbsent({ coding: [icd] }), false);
  });

  it('reads a coding of an expected system first, of either edition', () => {
    assert.deepEqual(codec.read({ coding: [{ code: 'x' }, icd], text: 'HTN' }, reader()), { code: 'I10', text: 'HTN' });
    assert.deepEqual(codec.read({ coding: [{ system: SYSTEM.icd10, code: 'I10' }] }, reader()), {
      code: 'I10',
      text: 'I10',
    });
  });

  it('reads a code of another system only where it would not be taken for an expected one', () => {
    assert.deepEqual(codec.read({ coding: [{ system: other, code: 'I10' }], text: 'a' }, reader()), { text: 'a' });
    assert.deepEqual(codec.read({ coding: [{ system: other, code: 'htn' }], text: 'a' }, reader()), {
      code: 'htn',
      text: 'a',
    });
    assert.deepEqual(codec.read({ coding: [{ code: 'I10' }], text: 'a' }, reader()), { code: 'I10', text: 'a' });
  });

  it('reads the display for a text', () => {
    assert.deepEqual(codec.read({ coding: [{ ...icd, display: 'HTN' }] }, reader()), { code: 'I10', text: 'HTN' });
  });

  it('reads nothing from nothing', () => {
    for (const value of [{}, { coding: [] }, null, 'HTN']) assert.equal(codec.read(value, reader()), undefined);
  });

  it('refuses words that FHIR cannot hold', () => {
    const scope = reader();
    assert.equal(codec.read({ coding: [icd], text: 'a\u0001' }, scope), undefined);
    assert.equal(scope.failed, true);
  });

  it('names the part of a payload that is refused', () => {
    const scope = payloadScope({});
    codec.admit({ code: ' I10', text: '\u0001' }, scope);
    assert.deepEqual(
      scope.issues?.map((issue) => [issue.id, ...issue.expression]),
      [
        ['code-grammar', 'code'],
        ['text-not-holdable', 'text'],
      ],
    );
  });
});

describe('a text with a code beside it that must have a text', () => {
  const strict = textWithCode(['icd-10', 'snomed']);

  it('leaves out a concept without one', () => {
    assert.equal(strict.read(codec.write({ code: 'I10' }, payloadScope({})), reader()), undefined);
    assert.deepEqual(strict.read({ text: 'HTN' }, reader()), { text: 'HTN' });
  });

  it('refuses a payload without one', () => {
    const scope = payloadScope({});
    assert.equal(strict.admit({ code: 'I10', text: '' }, scope), undefined);
    assert.deepEqual(
      scope.issues?.map((issue) => [issue.id, ...issue.expression]),
      [
        ['payload-empty-omitted', 'text'],
        ['payload-required', 'text'],
      ],
    );
    assert.deepEqual(strict.schema.required, ['text']);
  });
});
