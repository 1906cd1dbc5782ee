import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from '@jest/globals';
import type { Line } from '../../src/read/lines.js';
import { openPool, type Pool } from '../../src/read/threads/pool.js';
import { fill, temporaryFolder } from '../support/folder.js';

/** Answers with what it was told and given; ends itself at a line that says so, once or each time. */
const SCRIPT = `
import { existsSync, writeFileSync } from 'node:fs';
import { parentPort, workerData } from 'node:worker_threads';
let told = '';
parentPort.on('message', (message) => {
  if ('told' in message) told += message.told;
  else {
    const text = Buffer.from(message.lines[0].bytes).toString();
    if (text === 'always') process.exit(3);
    if (text === 'throws') throw new RangeError('no such thing');
    if (text === 'once' && !existsSync(workerData.data)) {
      writeFileSync(workerData.data, '');
      process.exit(3);
    }
    parentPort.postMessage(told + text);
  }
});
`;

const folder = fill(temporaryFolder(), { 'worker.mjs': SCRIPT });
let pool: Pool<string> | undefined;
let runs = 0;

function open(threads: number): Pool<string> {
  runs += 1;
  const opened = openPool<string>(join(folder, 'worker.mjs'), join(folder, `died-${runs}`), { threads });
  if (opened === undefined) throw new Error('there are no threads');
  pool = opened;
  return opened;
}

afterEach(() => pool?.close());

const lineOf = (text: string): Line[] => [{ number: 1, bytes: Buffer.from(text) }];
const answersOf = (opened: Pool<string>, texts: readonly string[]) =>
  Promise.all(texts.map((text) => opened.run('a', lineOf(text))?.catch((error: unknown) => String(error))));

describe('the threads of a pool', () => {
  it('do again what one of them was given that died, with what it was told', async () => {
    const opened = open(2);
    opened.tell('a');
    opened.tell('b');
    expect(await answersOf(opened, ['1', '2', 'once', '3', '4', '5', '6'])).toStrictEqual(
      ['1', '2', 'once', '3', '4', '5', '6'].map((text) => `ab${text}`),
    );
    expect(existsSync(join(folder, `died-${runs}`))).toBe(true);
  });

  it('fail at what two of them died of, and do all the rest', async () => {
    const texts = ['1', 'always', '2', 'throws', '3', '4'];
    expect(await answersOf(open(2), texts)).toStrictEqual([
      '1',
      'Error: A thread ended by itself.',
      '2',
      'RangeError: no such thing',
      '3',
      '4',
    ]);
  });

  it('begin again where the last thing that they did was to die', async () => {
    const opened = open(2);
    await answersOf(opened, ['always', 'always']);
    writeFileSync(join(folder, `died-${runs}`), '');
    expect(await answersOf(opened, ['once', '7'])).toStrictEqual(['once', '7']);
  });

  it('are given up where they do nothing but die', async () => {
    const texts = [...Array.from({ length: 12 }, () => 'always'), '1', '2'];
    expect(await answersOf(open(2), texts)).toStrictEqual(texts.map(() => 'Error: A thread ended by itself.'));
  });

  it('fail at once where they are told to', async () => {
    const opened = open(2);
    const answers = answersOf(opened, ['1', '2', '3']);
    opened.fail(new RangeError('enough'));
    expect(new Set(await answers)).toStrictEqual(new Set(['RangeError: enough']));
    expect(await answersOf(opened, ['4'])).toStrictEqual(['RangeError: enough']);
  });
});
