import { describe, expect, it } from '@jest/globals';
import { readRules } from '../../src/check/rulesFile.js';
import { UsageError } from '../../src/read/usageError.js';

const rule = { id: 'named', context: 'Patient', severity: 'error', expression: 'name.exists()', message: 'A name.' };
const pretty = (value: unknown): string => JSON.stringify(value, null, 2);

function messageOf(text: string): string {
  try {
    readRules(text, 'r.json');
  } catch (error) {
    if (error instanceof UsageError) return error.message;
  }
  return '';
}

describe('a file of rules', () => {
  it('is a list, or an object with one', () => {
    expect(readRules(pretty([rule]), 'r.json')).toStrictEqual([rule]);
    expect(readRules(pretty({ $schema: 'x', rules: [rule, rule] }), 'r.json')).toStrictEqual([rule, rule]);
    expect(readRules('[]', 'r.json')).toStrictEqual([]);
  });

  it('is refused at the place in the expression, with what is wrong', () => {
    const message = messageOf(pretty([rule, { ...rule, expression: 'name.nothing()' }]));
    expect(message).toMatch(
      /^r\.json:13:25: \/1\/expression: The expression has a fault at line 1, column 6: .*\. Fix the rule, or take it out\.$/,
    );
  });

  it('is refused at the place also behind characters that are escaped', () => {
    const expression = "'\\u0041\"\\\\' =\n name.nothing()";
    const text = JSON.stringify([{ ...rule, expression }]).replace("'", '\\u0027');
    const [, column = '0', line, inside] =
      /^r\.json:1:(\d+): .* at line (\d+), column (\d+)/.exec(messageOf(text)) ?? [];
    expect([line, inside]).toStrictEqual(['2', '7']);
    expect(text.slice(Number(column) - 1).startsWith('nothing()')).toBe(true);
  });

  it('is refused at the part that is at fault', () => {
    const broken: readonly [object, RegExp][] = [
      [{ id: 'a b' }, /^r\.json:3:5: \/0\/id: The id of a rule is made of /],
      [{ context: 'Patient.nme' }, /^r\.json:4:5: \/0\/context: The context of a rule is a type or a path of R4\./],
      [{ severity: 'fatal' }, /^r\.json:5:5: \/0\/severity: .* There are: error, warning, information\.$/],
      [{ message: '' }, /^r\.json:7:5: \/0\/message: this says nothing/],
      [{ expression: 1 }, /^r\.json:6:5: \/0\/expression: a text is expected/],
      [{ mesage: 'x' }, /^r\.json:8:5: \/0\/mesage: .* did you mean "message"\?/],
      [{ expression: undefined }, /^r\.json:2:3: \/0: "expression" is missing, what has to be true, in FHIRPath\.$/],
    ];
    for (const [part, message] of broken) expect(messageOf(pretty([{ ...rule, ...part }]))).toMatch(message);
    expect(messageOf('{"rules":[7]}')).toMatch(/^r\.json:1:11: \/rules\/0: an object is expected/);
    expect(messageOf('{"rule":[]}')).toMatch(/^r\.json:1:2: \/rule: .* did you mean "rules"\?/);
    expect(messageOf('{}')).toMatch(/^r\.json:1:1: "rules" is missing/);
    expect(messageOf('7')).toMatch(/^r\.json:1:1: an object is expected/);
    expect(messageOf('[')).toMatch(/^r\.json:1:2: this is not JSON here/);
  });
});
