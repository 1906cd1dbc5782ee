'use strict';

const assert = require('node:assert/strict');
const { after, afterEach, before, describe, it } = require('node:test');
const { loggable } = require('../lib/flowError.js');
const { helper, logged, started } = require('./flow.js');

const CANARY = 'Zaphod Beeblebrox';

before(() => new Promise((done) => helper.startServer(done)));
afterEach(() => helper.unload());
after(() => new Promise((done) => helper.stopServer(done)));

const throwing = (type) =>
  Object.defineProperty({ resourceType: type }, 'status', {
    enumerable: true,
    get() {
      throw new Error(`${CANARY}\n    at ${CANARY} (a.js:1:1)`);
    },
  });

/** Messages full of the canary, of which each goes through every node. */
const MESSAGES = {
  'a resource': { payload: { resourceType: 'Encounter', id: CANARY, status: CANARY, [CANARY]: CANARY } },
  'a resource of no known type': { payload: { resourceType: CANARY, id: CANARY } },
  'a good resource': {
    payload: {
      resourceType: 'Task',
      status: 'requested',
      intent: 'order',
      description: CANARY,
      for: { reference: 'Patient/1', display: CANARY },
    },
  },
  'a payload': { payload: { status: CANARY, class: CANARY, [CANARY]: CANARY }, resource: 'encounters' },
  'a good payload': { payload: { status: 'requested', description: CANARY, patientId: 'pt_1' }, resource: 'tasks' },
  payloads: { payload: { encounters: [{ status: CANARY }], [CANARY]: [] } },
  'a Bundle': { payload: { resourceType: 'Bundle', type: CANARY, entry: [{ fullUrl: CANARY, resource: CANARY }] } },
  'what is no JSON': { payload: `{"family": ${CANARY}}`, resource: 'tasks' },
  text: { payload: CANARY, resource: 'tasks' },
  'a path': { payload: {}, resource: CANARY },
  'rows of an id map': {
    payload: { resourceType: 'Task' },
    resource: 'tasks',
    idMap: [{ reference: CANARY, id: CANARY }],
  },
  'an onto': { payload: { status: 'requested' }, resource: 'tasks', onto: { resourceType: CANARY, id: CANARY } },
  'a present': { payload: { status: 'requested' }, resource: 'tasks', now: CANARY },
};

describe('a value of a record', () => {
  for (const [what, node] of [
    ['from FHIR', { type: 'clinik-from-fhir', strict: true }],
    ['to FHIR', { type: 'clinik-to-fhir', resource: '' }],
    ['validate FHIR', { type: 'clinik-validate', form: 'fhir' }],
    ['validate payloads', { type: 'clinik-validate', form: 'payload' }],
    ['from Bundle', { type: 'clinik-bundle', action: 'from' }],
    ['to Bundle', { type: 'clinik-bundle', action: 'to' }],
  ])
    it(`stands in no log, status, error or issue of ${what}`, async () => {
      const send = await started(node);
      for (const [name, msg] of Object.entries(MESSAGES)) {
        const { from, msg: came } = await send({ ...msg });
        assert.ok(!JSON.stringify([came.error, came.clinikFhir]).includes(CANARY), `${name}, ${from}`);
        if (from === 'second') assert.ok(!JSON.stringify(came.payload).includes(CANARY), name);
      }
      await new Promise((resolve) => setTimeout(resolve, 300));
      const { status, error } = helper.getNode('n');
      assert.ok(status.args.length > 0);
      assert.ok(!JSON.stringify(status.args).includes(CANARY));
      for (const [thrown] of error.args) assert.ok(!`${thrown} ${thrown.stack}`.includes(CANARY));
      assert.ok(!JSON.stringify(logged('all')).includes(CANARY));
    });
});

describe('a message that cannot be copied', () => {
  /** Node-RED copies by recursion. */
  const deep = () => JSON.parse(`${'['.repeat(100_000)}${']'.repeat(100_000)}`);

  for (const [what, payload] of [
    ['one that throws when it is read', throwing('Encounter')],
    ['one that is nested too deep', { resourceType: 'Encounter', status: deep() }],
  ])
    it(`ends in the log, without a value, and ends nothing else: ${what}`, async () => {
      const helpers = ['third', 'fourth'].map((id) => ({ id, z: 'f', x: 1, y: 1, type: 'helper' }));
      const send = await started(
        { type: 'clinik-from-fhir', wires: [['first'], ['second', 'third', 'fourth']] },
        helpers,
      );
      const node = helper.getNode('n');
      const failed = new Promise((resolve) => node.on('call:error', (call) => call.args.length === 1 && resolve(call)));
      send({ payload });
      const { args } = await failed;
      assert.ok(!`${args[0]} ${args[0].stack}`.includes(CANARY));
      assert.ok(!JSON.stringify(logged('all')).includes(CANARY));
      assert.equal((await (await restarted())({ payload: 'no' })).from, 'second');
    });
});

/** The node once more: it has outlived what came before. */
async function restarted() {
  await helper.unload();
  return started({ type: 'clinik-from-fhir' });
}

describe('an error that nobody foresaw', () => {
  it('is logged with the place where it arose, without its message', () => {
    const { message, stack } = loggable(new Error(`${CANARY}\n    at ${CANARY} (a.js:1:1)`));
    assert.ok(!`${message}${stack}`.includes(CANARY));
    assert.match(stack, /log\.test\.js:\d+/);
  });

  for (const [what, thrown] of [
    ['no Error', CANARY],
    ['an Error whose message was changed', Object.assign(new Error(CANARY), { message: 'another' })],
    ['an Error without a stack', Object.assign(new Error(CANARY), { stack: undefined })],
  ])
    it(`says nothing of ${what}`, () => {
      const { message, stack } = loggable(thrown);
      assert.ok(!`${message}${stack}`.includes(CANARY));
    });
});
