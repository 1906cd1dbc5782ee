'use strict';

const assert = require('node:assert/strict');
const { mkdtempSync, rmSync, writeFileSync } = require('node:fs');
const { tmpdir } = require('node:os');
const { join } = require('node:path');
const { after, afterEach, before, describe, it } = require('node:test');
const { validate } = require('clinik-fhir');
const { helper, ids, logged, started } = require('./flow.js');

const ENCOUNTER = {
  resourceType: 'Encounter',
  id: 'enc-1',
  status: 'finished',
  class: { system: 'http://terminology.hl7.org/CodeSystem/v3-ActCode', code: 'AMB' },
  subject: { reference: 'Patient/pat-1' },
  period: { start: '2026-01-05T09:00:00Z', end: '2026-01-05T09:30:00Z' },
  hospitalization: { preAdmissionIdentifier: { value: 'A-1' } },
};
const PAYLOAD = { status: 'finished', class: 'AMB', patientId: 'pt_1' };
const UNENDED = { ...ENCOUNTER, period: { start: '2026-01-05T09:00:00Z' } };
const RULE = {
  id: 'discharged',
  context: 'Encounter',
  severity: 'error',
  expression: "status = 'finished' implies period.end.exists()",
  message: 'A finished encounter has an end.',
};

const folder = mkdtempSync(join(tmpdir(), 'clinik-fhir-nodes-'));
const file = (name, text) => {
  writeFileSync(join(folder, name), text);
  return join(folder, name);
};

before(() => new Promise((done) => helper.startServer(done)));
afterEach(() => helper.unload());
after(async () => {
  rmSync(folder, { recursive: true });
  await new Promise((done) => helper.stopServer(done));
});

describe('from FHIR', () => {
  const FROM = { type: 'clinik-from-fhir' };

  for (const [form, payload] of [
    ['an object', ENCOUNTER],
    ['text', JSON.stringify(ENCOUNTER)],
    ['a Buffer', Buffer.from(JSON.stringify(ENCOUNTER))],
  ])
    it(`gives the payload of ${form} and keeps the rest of the message`, async () => {
      const send = await started(FROM);
      const { from, msg } = await send({ payload, topic: 'ward', req: { of: 'http' } });
      assert.equal(from, 'first');
      const { payload: made, topic, req, recordId, clinikFhir } = msg;
      assert.deepEqual([topic, req, recordId], ['ward', { of: 'http' }, 'enc-1']);
      assert.deepEqual(made, {
        status: 'finished',
        class: 'AMB',
        patientId: 'pat-1',
        period: ENCOUNTER.period,
      });
      assert.deepEqual([clinikFhir.ok, clinikFhir.name], [true, 'encounters']);
      assert.ok(clinikFhir.losses.some(({ path }) => path.startsWith('Encounter.hospitalization')));
      assert.ok(!('original' in msg) && !('residue' in msg) && !('statusCode' in msg));
    });

  it('leaves the message that came as it was for other nodes', async () => {
    const payload = structuredClone(ENCOUNTER);
    const send = await started(FROM);
    const { msg } = await send({ payload });
    msg.payload.period.start = 'changed';
    assert.deepEqual(payload, ENCOUNTER);
  });

  it('refuses with an OperationOutcome that is valid R4, and keeps what came', async () => {
    const came = { ...ENCOUNTER, status: 'unheard-of' };
    const send = await started(FROM);
    const { from, msg } = await send({ payload: came, topic: 'ward' });
    assert.equal(from, 'second');
    assert.deepEqual([msg.original, msg.statusCode, msg.topic], [came, 422, 'ward']);
    assert.equal(msg.payload.resourceType, 'OperationOutcome');
    assert.deepEqual(
      validate(msg.payload).issue.filter(({ severity }) => severity === 'error'),
      [],
    );
    assert.deepEqual(
      msg.payload.issue.map(({ details }) => details.coding[0].code),
      ids(msg.clinikFhir),
    );
    assert.deepEqual([msg.clinikFhir.ok, msg.clinikFhir.name], [false, 'encounters']);
  });

  for (const [what, payload, id, status] of [
    ['what is no JSON', '{"resourceType":', 'json-malformed', 400],
    [
      'a key that is there twice',
      '{"resourceType":"Encounter","status":"planned","status":"finished"}',
      'json-duplicate-key',
      400,
    ],
    ['bytes that are no UTF-8', Buffer.from([0x7b, 0xff]), 'json-encoding', 400],
    ['a number', 7, 'record-unknown', 422],
    ['a list', [ENCOUNTER], 'record-unknown', 422],
    ['nothing', undefined, 'record-unknown', 422],
    ['a type without payloads', { resourceType: 'Patient' }, 'resource-type', 422],
    ['a Bundle', { resourceType: 'Bundle', type: 'collection' }, 'resource-type', 422],
    ['no type', { status: 'finished' }, 'resource-type', 422],
  ])
    it(`refuses ${what}`, async () => {
      const send = await started(FROM);
      const { from, msg } = await send({ payload });
      assert.deepEqual([from, ids(msg.clinikFhir), msg.statusCode, msg.original], ['second', [id], status, payload]);
    });

  it('refuses what would lose content where it is strict, but for what is allowed', async () => {
    const send = await started({ ...FROM, strict: true });
    const { from, msg } = await send({ payload: ENCOUNTER });
    assert.equal(from, 'second');
    assert.ok(ids(msg.clinikFhir).includes('loss-not-allowed'));
    assert.ok(msg.clinikFhir.losses.length > 0);
    await helper.unload();
    const lenient = await started({ ...FROM, strict: true, allowLoss: 'Encounter.hospitalization, Task.note' });
    assert.equal((await lenient({ payload: ENCOUNTER })).from, 'first');
  });

  it('gives the residue and what came on request, and no leftovers of another record', async () => {
    const send = await started({ ...FROM, residue: true, keep: true });
    const { msg } = await send({ payload: ENCOUNTER });
    assert.deepEqual(msg.original, ENCOUNTER);
    assert.ok(msg.residue.some(({ path }) => path.startsWith('/hospitalization')));
    await helper.unload();
    const plain = await started(FROM);
    const { id: _, ...anonymous } = ENCOUNTER;
    const { msg: next } = await plain({ ...msg, payload: anonymous });
    assert.ok(!('residue' in next) && !('recordId' in next));
  });

  it('says in its status how many were good and how many refused', async () => {
    const send = await started(FROM);
    await send({ payload: ENCOUNTER });
    await send({ payload: 'no' });
    await new Promise((resolve) => setTimeout(resolve, 400));
    const { status } = helper.getNode('n');
    assert.deepEqual(status.args.at(-1), [{ fill: 'yellow', shape: 'dot', text: '1 good, 1 refused' }]);
  });
});

describe('to FHIR', () => {
  it('gives the resource of a payload, with the id that it carries', async () => {
    const send = await started({ type: 'clinik-to-fhir', resource: 'encounters' });
    const { from, msg } = await send({ payload: { id: 'enc_9', ...PAYLOAD }, topic: 'ward' });
    const { resourceType, identifier, subject } = msg.payload;
    assert.deepEqual([from, resourceType, msg.topic, msg.clinikFhir.name], ['first', 'Encounter', 'ward', 'Encounter']);
    assert.ok(JSON.stringify([msg.payload.id, identifier]).includes('enc_9'));
    assert.deepEqual([subject.type, subject.identifier.value], ['Patient', 'pt_1']);
  });

  it('takes the path from the message where it is left open', async () => {
    const send = await started({ type: 'clinik-to-fhir', resource: '' });
    const { msg } = await send({ payload: { status: 'final', code: '24323-8', patientId: 'pt_1' }, resource: 'labs' });
    assert.equal(msg.payload.resourceType, 'DiagnosticReport');
  });

  it('puts a payload over msg.onto, where what it cannot say stays', async () => {
    const send = await started({ type: 'clinik-to-fhir', resource: 'encounters' });
    const { msg } = await send({ payload: { ...PAYLOAD, patientId: 'pat-1', lengthMinutes: 45 }, onto: ENCOUNTER });
    assert.deepEqual(msg.payload.hospitalization, ENCOUNTER.hospitalization);
    assert.equal(msg.payload.length.value, 45);
    assert.equal(msg.payload.id, 'enc-1');
  });

  it('takes no id that another record left in the message', async () => {
    const send = await started({ type: 'clinik-to-fhir', resource: 'encounters' });
    const { msg } = await send({ payload: PAYLOAD, recordId: 'enc_of_another' });
    assert.ok(!JSON.stringify(msg.payload).includes('enc_of_another'));
  });

  it('refuses a payload that is not valid', async () => {
    const send = await started({ type: 'clinik-to-fhir', resource: 'encounters' });
    const { from, msg } = await send({ payload: { status: 'done' } });
    assert.deepEqual([from, msg.original, msg.statusCode], ['second', { status: 'done' }, 422]);
    assert.ok(msg.payload.issue.some(({ expression }) => expression[0] === 'status'));
  });

  for (const [what, node, msg, says] of [
    ['a path that nothing tells', {}, { payload: PAYLOAD }, 'msg.resource is a path'],
    ['a path that there is not', {}, { payload: PAYLOAD, resource: 'Smith' }, 'msg.resource is a path'],
    ['a path of the node that there is not', { resource: 'visits' }, { payload: PAYLOAD }, 'The resource of the node'],
    ['an onto that is no resource', { resource: 'encounters' }, { payload: PAYLOAD, onto: 'Smith' }, 'msg.onto is'],
    ['a present that is none', { resource: 'encounters' }, { payload: PAYLOAD, now: new Date() }, 'msg.now is'],
  ])
    it(`sends ${what} to Catch nodes`, async () => {
      const send = await started({ type: 'clinik-to-fhir', resource: '', ...node });
      const { from, msg: caught } = await send(msg);
      assert.equal(from, 'caught');
      assert.ok(caught.error.message.includes(says), caught.error.message);
      assert.ok(!caught.error.message.includes('Smith'));
      assert.deepEqual(caught.payload, PAYLOAD);
    });
});

describe('options and id map', () => {
  const FROM = { type: 'clinik-from-fhir', options: 'c' };
  const config = (settings) => [{ id: 'c', type: 'clinik-fhir-config', ...settings }];

  it('read partial dates, base URL and the id map from the node of options', async () => {
    const idMap = file('ids.csv', 'reference,id\nPatient/pat-1,pt_77\n');
    const options = config({ idMap, baseUrl: 'https://ehr.example.org/fhir', partialDates: 'keep' });
    const send = await started(FROM, options);
    const subject = { reference: 'https://ehr.example.org/fhir/Patient/pat-1' };
    const { msg } = await send({ payload: { ...ENCOUNTER, subject, period: { start: '2026-01-05' } } });
    assert.deepEqual([msg.payload.patientId, msg.payload.period], ['pt_77', { start: '2026-01-05' }]);
  });

  it('fill in what a resource has nothing for, and say so', async () => {
    const { class: _, ...unclassed } = ENCOUNTER;
    const send = await started(FROM, config({ fill: 'documents.title=Import = 1\n\n encounters.class = AMB ' }));
    const { msg } = await send({ payload: unclassed });
    assert.deepEqual([msg.payload.class, ids(msg.clinikFhir)], ['AMB', ['fill-used']]);
    await helper.unload();
    const { from, msg: refused } = await (await started(FROM, config({})))({ payload: unclassed });
    assert.equal(from, 'second');
    assert.deepEqual(refused.clinikFhir.issues.find(({ id }) => id === 'required-missing').options, ['fill']);
  });

  it('find an id map below the folder for files of the settings', async () => {
    file('below.csv', 'Patient/pat-1,pt_78\n');
    const send = await started(FROM, config({ idMap: 'below.csv' }), { fileWorkingDirectory: folder });
    assert.equal((await send({ payload: ENCOUNTER })).msg.payload.patientId, 'pt_78');
  });

  it('lead back, too', async () => {
    const idMap = file('back.csv', 'Patient/pat-1,pt_79\n');
    const send = await started({ type: 'clinik-to-fhir', resource: 'encounters', options: 'c' }, config({ idMap }));
    const { msg } = await send({ payload: { ...PAYLOAD, patientId: 'pt_79' } });
    assert.deepEqual(msg.payload.subject, { reference: 'Patient/pat-1' });
  });

  it('refuse what the id map does not know, where that is asked for', async () => {
    const send = await started(FROM, config({ idMap: file('other.csv', 'Patient/x,pt_1\n'), unmapped: 'refuse' }));
    const { from, msg } = await send({ payload: ENCOUNTER });
    assert.deepEqual([from, ids(msg.clinikFhir)], ['second', ['reference-unmapped']]);
  });

  it('keep the order of messages that come while the id map is read', async () => {
    const rows = Array.from({ length: 20_000 }, (_, row) => `Patient/p${row},pt_${row}`);
    const send = await started(FROM, config({ idMap: file('large.csv', rows.join('\n')) }));
    const asked = [3, 1, 2, 19_999].map((row) =>
      send({ payload: { ...ENCOUNTER, subject: { reference: `Patient/p${row}` } } }),
    );
    const got = (await Promise.all(asked)).map(({ msg }) => msg.payload.patientId);
    assert.deepEqual(got, ['pt_3', 'pt_1', 'pt_2', 'pt_19999']);
  });

  it('take rows from the message instead', async () => {
    const send = await started(FROM, config({ idMap: file('ids2.csv', 'Patient/pat-1,pt_77\n') }));
    const idMap = [{ reference: 'Patient/pat-1', id: 'pt_80' }];
    assert.equal((await send({ payload: ENCOUNTER, idMap })).msg.payload.patientId, 'pt_80');
    assert.equal((await send({ payload: ENCOUNTER })).msg.payload.patientId, 'pt_77');
  });

  it('know a row that was added to the list of an earlier message', async () => {
    const send = await started({ type: 'clinik-from-fhir' });
    const idMap = [{ reference: 'Patient/other', id: 'pt_1' }];
    assert.equal((await send({ payload: ENCOUNTER, idMap })).msg.clinikFhir.ok, false);
    idMap.push({ reference: 'Patient/pat-1', id: 'pt_81' });
    assert.equal((await send({ payload: ENCOUNTER, idMap })).msg.payload.patientId, 'pt_81');
  });

  it('say in the log which rows of the file are at fault, not what they hold, and every message goes to Catch nodes', async () => {
    const idMap = file('faulty.csv', 'Patient/Smith,pt_1\nPatient/Smith,pt_2\nSmith\n');
    const send = await started(FROM, config({ idMap }));
    const { from, msg } = await send({ payload: ENCOUNTER });
    assert.equal(from, 'caught');
    assert.match(msg.error.message, /options that the node names cannot be read/);
    const said = JSON.stringify(logged());
    assert.ok(said.includes('faulty.csv:2:') && said.includes('faulty.csv:3:'), said);
    assert.ok(!said.includes('Smith'));
    const { status } = helper.getNode('n');
    assert.deepEqual(status.args.at(-1), [{ fill: 'red', shape: 'ring', text: 'error' }]);
  });

  for (const [what, settings] of [
    ['an id map that is not there', { idMap: join(folder, 'none.csv') }],
    ['an option that there is not', { overflow: 'shorten' }],
    ['a base URL that is none', { baseUrl: 'ehr' }],
    ['a fill of nothing', { fill: 'encounters.class' }],
    ['a fill of a field that is never filled in', { fill: 'encounters.status=Beeblebrox' }],
    ['a fill that the field does not take', { fill: `documents.title=Beeblebrox${'x'.repeat(9999)}` }],
    ['two fills of one field', { fill: 'encounters.class=AMB\nencounters.class=Beeblebrox' }],
  ])
    it(`send messages to Catch nodes for ${what}`, async () => {
      const send = await started(FROM, config(settings));
      assert.equal((await send({ payload: ENCOUNTER })).from, 'caught');
      assert.ok(logged().length > 0);
      assert.ok(!JSON.stringify(logged()).includes('Beeblebrox'));
    });

  it('send messages to Catch nodes where the node of options is not there', async () => {
    const send = await started(FROM);
    assert.equal((await send({ payload: ENCOUNTER })).from, 'caught');
  });

  for (const [what, idMap] of [
    ['no list', { 'Patient/Smith': 'pt_1' }],
    [
      'rows that contradict each other',
      [
        { reference: 'Patient/Smith', id: 'pt_1' },
        { reference: 'Patient/Smith', id: 'pt_2' },
      ],
    ],
  ])
    it(`send an id map of the message to Catch nodes that is ${what}`, async () => {
      const send = await started({ type: 'clinik-from-fhir' });
      const { from, msg } = await send({ payload: ENCOUNTER, idMap });
      assert.equal(from, 'caught');
      assert.ok(!msg.error.message.includes('Smith'));
    });

  it('send a location to Catch nodes that no loss can have', async () => {
    const send = await started({ type: 'clinik-from-fhir', strict: true, allowLoss: 'everything' });
    assert.equal((await send({ payload: ENCOUNTER })).from, 'caught');
  });
});

describe('validate FHIR', () => {
  const CHECK = { type: 'clinik-validate' };

  it('lets through what is valid, text as an object', async () => {
    const send = await started(CHECK);
    const { from, msg } = await send({ payload: JSON.stringify(ENCOUNTER), topic: 'ward' });
    assert.deepEqual([from, msg.payload, msg.topic], ['first', ENCOUNTER, 'ward']);
    assert.deepEqual(msg.clinikFhir, { ok: true, losses: [], issues: [] });
  });

  it('refuses with the OperationOutcome of the library', async () => {
    const came = { ...ENCOUNTER, period: { start: '2026-02-01', end: '2026-01-01' } };
    const send = await started(CHECK);
    const { from, msg } = await send({ payload: came });
    assert.deepEqual([from, msg.original, msg.statusCode], ['second', came, 422]);
    assert.deepEqual(msg.payload, validate(came));
  });

  it('refuses warnings on request, and counts best practice as one', async () => {
    const send = await started({ ...CHECK, bestPractice: true });
    const { from, msg } = await send({ payload: ENCOUNTER });
    assert.deepEqual([from, ids(msg.clinikFhir)], ['first', ['dom-6']]);
    await helper.unload();
    const wary = await started({ ...CHECK, bestPractice: true, failOn: 'warning' });
    assert.equal((await wary({ payload: ENCOUNTER })).from, 'second');
  });

  it('looks at rules of the node, or at those of the message instead', async () => {
    const send = await started({ ...CHECK, rules: JSON.stringify([RULE]) });
    assert.equal((await send({ payload: ENCOUNTER })).from, 'first');
    const { from, msg } = await send({ payload: UNENDED });
    assert.deepEqual([from, ids(msg.clinikFhir)], ['second', ['discharged']]);
    assert.equal((await send({ payload: UNENDED, rules: [] })).from, 'first');
  });

  it('reports as many issues as it is told to', async () => {
    const send = await started({ ...CHECK, maxIssues: '2' });
    const { msg } = await send({ payload: { resourceType: 'Encounter', a: 1, b: 2, c: 3 } });
    assert.equal(msg.payload.issue.length, 2);
  });

  it('checks payloads against ClinikAPI’s contract', async () => {
    const send = await started({ ...CHECK, form: 'payload', resource: 'encounters' });
    assert.equal((await send({ payload: PAYLOAD })).from, 'first');
    const { from, msg } = await send({ payload: { ...PAYLOAD, status: 'done' } });
    assert.deepEqual([from, msg.clinikFhir.name], ['second', 'encounters']);
  });

  for (const [what, node, more] of [
    ['rules that are no JSON', { rules: '[' }, {}],
    ['rules that are no list', { rules: '{}' }, {}],
    ['a rule that cannot be run', { rules: JSON.stringify([{ ...RULE, expression: 'status =' }]) }, {}],
    ['a rule of the message that cannot be run', {}, { rules: [{ ...RULE, context: 'Encounters' }] }],
    ['no number of issues', { maxIssues: 'many' }, {}],
    ['a form that there is not', { form: 'xml' }, {}],
    ['a payload of which nothing tells what it is', { form: 'payload' }, {}],
  ])
    it(`sends ${what} to Catch nodes`, async () => {
      const send = await started({ ...CHECK, ...node });
      assert.equal((await send({ payload: ENCOUNTER, ...more })).from, 'caught');
    });
});

describe('FHIR Bundle', () => {
  const patient = { resourceType: 'Patient', id: 'pat-1' };
  const bundle = (...resources) => ({
    resourceType: 'Bundle',
    type: 'collection',
    entry: resources.map((resource) => ({
      fullUrl: `https://ehr.example.org/fhir/${resource.resourceType}/${resource.id}`,
      resource,
    })),
  });
  const REFUSED = { ...ENCOUNTER, id: 'enc-2', status: 'unheard-of' };

  it('becomes payloads, and what has none is skipped with its reason', async () => {
    const send = await started({ type: 'clinik-bundle', action: 'from' });
    const { from, msg } = await send({ payload: bundle(patient, ENCOUNTER), topic: 'ward' });
    assert.deepEqual([from, msg.topic, msg.payload.encounters.length, msg.payload.labs], ['first', 'ward', 1, []]);
    assert.deepEqual(
      msg.clinikFhir.skipped.map(({ resourceType, reason }) => [resourceType, reason]),
      [['Patient', 'other-type']],
    );
  });

  it('is refused as a whole where an entry is', async () => {
    const send = await started({ type: 'clinik-bundle', action: 'from' });
    const { from, msg } = await send({ payload: bundle(ENCOUNTER, REFUSED) });
    assert.equal(from, 'second');
    assert.ok(msg.payload.issue[0].expression[0].startsWith('Bundle.entry[1]'));
    assert.equal(msg.original.entry.length, 2);
  });

  it('may do without an entry that is refused, but not without all of them', async () => {
    const send = await started({ type: 'clinik-bundle', action: 'from', refused: 'rest' });
    const { from, msg } = await send({ payload: bundle(ENCOUNTER, REFUSED) });
    assert.deepEqual([from, msg.payload.encounters.length, msg.clinikFhir.skipped[0].reason], ['first', 1, 'refused']);
    assert.equal((await send({ payload: bundle(REFUSED) })).from, 'second');
    assert.equal((await send({ payload: ENCOUNTER })).from, 'second');
  });

  it('is refused for what its entries would lose, where the node is strict', async () => {
    const send = await started({ type: 'clinik-bundle', action: 'from', strict: true });
    const { from, msg } = await send({ payload: bundle(ENCOUNTER) });
    assert.deepEqual([from, ids(msg.clinikFhir).includes('loss-not-allowed')], ['second', true]);
  });

  it('is made of payloads, and gives them again', async () => {
    const payloads = { encounters: [{ id: 'enc_1', ...PAYLOAD }] };
    const send = await started({ type: 'clinik-bundle', action: 'to', bundleType: 'transaction' });
    const { from, msg } = await send({ payload: payloads });
    assert.deepEqual([from, msg.payload.type, msg.payload.entry.length], ['first', 'transaction', 1]);
    await helper.unload();
    const back = await started({ type: 'clinik-bundle', action: 'from' });
    assert.deepEqual((await back({ payload: msg.payload })).msg.payload.encounters, payloads.encounters);
  });

  it('has the present as the time of a document', async () => {
    const document = { title: 'Note', type: 'progress-note', status: 'final', patientId: 'pt-1', date: '2026-01-05' };
    const include = [
      { resourceType: 'Patient', id: 'pt-1' },
      { resourceType: 'Practitioner', id: 'prac-1' },
    ];
    const payload = {
      documents: [{ ...document, practitionerId: 'prac-1', sections: [{ title: 'Plan', text: 'Rest.' }] }],
    };
    const send = await started({ type: 'clinik-bundle', action: 'to', bundleType: 'document' });
    const begun = Date.now();
    const { from, msg } = await send({ payload, include });
    assert.deepEqual([from, msg.clinikFhir.issues], ['first', []]);
    assert.ok(Math.abs(Date.parse(msg.payload.timestamp) - begun) < 60_000);
    const { msg: dated } = await send({ payload, include, now: '2026-03-01T09:30:00Z' });
    assert.equal(dated.payload.timestamp, '2026-03-01T09:30:00Z');
  });

  it('is not made of what is not valid', async () => {
    const send = await started({ type: 'clinik-bundle', action: 'to' });
    const { from, msg } = await send({ payload: { encounters: [{ ...PAYLOAD, status: 'done' }] } });
    assert.deepEqual([from, msg.payload.issue[0].expression], ['second', ['encounters[0].status']]);
  });

  for (const [what, node, more] of [
    ['an action that there is not', { action: 'split' }, {}],
    ['a type that there is not', { action: 'to', bundleType: 'history' }, {}],
    ['resources that are no list', { action: 'to' }, { include: {} }],
  ])
    it(`sends ${what} to Catch nodes`, async () => {
      const send = await started({ type: 'clinik-bundle', ...node });
      assert.equal((await send({ payload: {}, ...more })).from, 'caught');
    });
});
