import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { accepted, type Finding, quietly, report, took } from '../../src/lens/scope.js';
import { newScope } from '../support/toy.js';

const finding: Finding = { severity: 'error', code: 'value', id: 'bad', diagnostics: 'It is bad.' };
const warning: Finding = { ...finding, severity: 'warning', id: 'odd' };

describe('report', () => {
  it('records an issue at the current location, with further steps below it', () => {
    const scope = newScope();
    scope.at.push('list', 2);
    report(scope, finding);
    report(scope, finding, 'item', 0);
    assert.deepEqual(
      scope.issues?.map((issue) => issue.expression),
      [['list/2'], ['list/2/item/0']],
    );
    assert.deepEqual(scope.at, ['list', 2]);
    assert.deepEqual(scope.issues?.[0], { ...finding, expression: ['list/2'] });
  });

  it('refuses the record for an error or a fatal issue only', () => {
    const failedBy = (severity: Finding['severity']): boolean => {
      const scope = newScope();
      report(scope, { ...finding, severity });
      return scope.failed;
    };
    assert.deepEqual((['fatal', 'error', 'warning', 'information'] as const).map(failedBy), [true, true, false, false]);
  });
});

describe('quietly', () => {
  it('records nothing and refuses nothing', () => {
    const scope = newScope();
    const result = quietly(scope, () => {
      report(scope, finding);
      return 'done';
    });
    assert.equal(result, 'done');
    assert.deepEqual(scope.issues, []);
    assert.equal(scope.failed, false);
  });

  it('keeps a failure that stood before it', () => {
    const scope = newScope();
    report(scope, finding);
    quietly(scope, () => report(scope, warning));
    assert.equal(scope.failed, true);
    assert.equal(scope.issues?.length, 1);
  });

  it('records again after what it ran has thrown', () => {
    const scope = newScope();
    assert.throws(
      () =>
        quietly(scope, () => {
          throw new Error('broken');
        }),
      /broken/,
    );
    report(scope, warning);
    assert.equal(scope.issues?.length, 1);
  });

  it('can be nested', () => {
    const scope = newScope();
    quietly(scope, () => {
      quietly(scope, () => report(scope, finding));
      report(scope, finding);
    });
    assert.deepEqual(scope.issues, []);
  });
});

describe('took', () => {
  it('notes where the items of a list came from, list by list', () => {
    const scope = newScope();
    const [one, two]: [unknown[], unknown[]] = [[], []];
    took(scope, one, [1]);
    took(scope, two, [2, 0]);
    assert.deepEqual(scope.origins.get(one), [1]);
    assert.deepEqual(scope.origins.get(two), [2, 0]);
  });

  it('notes nothing for a reading that only compares', () => {
    const scope = newScope();
    quietly(scope, () => took(scope, [], [1]));
    assert.equal(scope.origins.size, 0);
  });
});

describe('accepted', () => {
  it('is true where no issue refuses the record', () => {
    const scope = newScope();
    report(scope, warning);
    assert.equal(accepted(scope.issues ?? []), true);
    report(scope, finding);
    assert.equal(accepted(scope.issues ?? []), false);
  });
});
