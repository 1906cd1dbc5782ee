// Tests integrations/node-red: its types, its own tests, and the packed package in a real Node-RED, over HTTP and in its editor.
//   node scripts/engines/nodeRed.mjs [FOLDER FOR SCREENSHOTS]
import assert from 'node:assert/strict';
import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { basename, join, resolve } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { promisify } from 'node:util';
import { skipped } from './skipped.mjs';

const PACKAGE = resolve('integrations', 'node-red');
/** What Node-RED 5 needs, and the version that is fetched where this process has less. */
const LEAST = [22, 9];
const FETCHED = '22.23.3';
/** Chromium as Debian has it, or where CHROMIUM says. */
const CHROMIUM = process.env.CHROMIUM ?? '/usr/bin/chromium';
const STARTS_WITHIN = 60_000;
const REQUESTS = 200;
/** Of its own tests more than these have to pass: of none, none would fail. */
const LEAST_TESTS = 100;
/** Of examples/, the one that is deployed, named as the import dialog names it. */
const EXAMPLE = 'FHIR over HTTP';
/** It stands in what is posted, and nowhere in what Node-RED logs. */
const CANARY = 'Beeblebrox';

/**
 * Runs everything. Gives what was found, or why nothing could be looked at; throws where something is wrong.
 * @param {{ shots?: string }} [options] a folder for pictures of the editor.
 * @returns {Promise<{ skipped: string } | { facts: Record<string, string> }>}
 */
export async function nodeRed({ shots } = {}) {
  if (!existsSync(join('dist', 'index.js'))) return { skipped: 'dist/ is not built' };
  let node;
  try {
    node = await nodeForNodeRed();
    if (!existsSync(join(PACKAGE, 'node_modules', 'node-red')))
      await run('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund'], PACKAGE);
  } catch (error) {
    return { skipped: `Node-RED, or a Node for it, cannot be installed: ${firstLine(error)}` };
  }
  const tsc = resolve('node_modules', 'typescript', 'bin', 'tsc');
  await run(process.execPath, [tsc, '-p', join(PACKAGE, 'tsconfig.json')], '.');
  const { stdout } = await run(node, ['--test', '--test-reporter=tap', ...TESTS], PACKAGE);
  const tests = Number(/^# pass (\d+)$/m.exec(stdout)?.[1]);
  assert.ok(tests > LEAST_TESTS, `only ${tests} of its tests ran`);
  assert.match(stdout, /^# skipped 0$/m);
  assert.match(stdout, /^# fail 0$/m);
  const folder = mkdtempSync(join(tmpdir(), 'clinik-fhir-node-red-'));
  try {
    const files = await install(folder);
    const server = await start(node, folder);
    try {
      const milliseconds = await overHttp(server.address);
      const editor = existsSync(CHROMIUM) ? await inEditor(server.address, shots) : 'skipped: no Chromium';
      // Only what has ended has logged all that it will.
      await server.stop();
      assert.ok(!server.log().includes(CANARY), 'a value stands in the log');
      const facts = { 'Node-RED': server.version, Node: server.nodeVersion, tests: `${tests}`, files: `${files}` };
      return { facts: { ...facts, 'ms a request over HTTP': milliseconds.toFixed(1), editor } };
    } catch (error) {
      throw new Error(`${firstLine(error)}\n${server.log()}`, { cause: error });
    } finally {
      await server.stop();
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const TESTS = ['nodes', 'log', 'editor', 'commandLine'].map((name) => join('test', `${name}.test.js`));

const execute = promisify(execFile);

/** Runs a program to its end; its output stands in the error where it fails. */
async function run(file, args, cwd) {
  try {
    return await execute(file, args, { cwd, maxBuffer: 64 * 1024 * 1024 });
  } catch (error) {
    throw new Error(`${basename(file)} ${args[0]}: ${error.message}\n${error.stdout}\n${error.stderr}`);
  }
}

const firstLine = (error) => String(error instanceof Error ? error.message : error).split('\n', 1)[0];

/** This Node, if it is new enough, else one of npm's packages of Node. */
async function nodeForNodeRed() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  if (major > LEAST[0] || (major === LEAST[0] && minor >= LEAST[1])) return process.execPath;
  const platform = process.platform === 'win32' ? 'win' : process.platform;
  const name = `node-${platform}-${process.arch}`;
  const folder = resolve('build', 'engines', 'node');
  const node = join(folder, 'node_modules', name, 'bin', platform === 'win' ? 'node.exe' : 'node');
  if (existsSync(node)) return node;
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'package.json'), '{"private":true}\n');
  await run('npm', ['install', '--no-audit', '--no-fund', '--ignore-scripts', `${name}@${FETCHED}`], folder);
  return node;
}

/** Packs the library and the nodes, and installs both as a user would; gives how many files the nodes are. */
async function install(folder) {
  const packed = [];
  for (const cwd of ['.', PACKAGE]) {
    const args = ['pack', '--json', '--ignore-scripts', '--pack-destination', folder];
    packed.push(JSON.parse((await run('npm', args, cwd)).stdout)[0]);
  }
  const names = packed[1].files.map(({ path }) => path);
  for (const part of ['nodes/config.html', 'lib/convert.js', 'examples/Bundles.json'])
    assert.ok(names.includes(part), part);
  assert.deepEqual(
    names.filter((name) => /test|node_modules|lock|tsconfig/.test(name)),
    [],
  );
  writeFileSync(join(folder, 'package.json'), '{"name":"flows","private":true}\n');
  const tarballs = packed.map(({ filename }) => `./${filename}`);
  await run('npm', ['install', '--no-audit', '--no-fund', '--omit=dev', '--ignore-scripts', ...tarballs], folder);
  return names.length;
}

async function freePort() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address();
  server.close();
  await once(server, 'close');
  return port;
}

/** Starts a Node-RED with what is installed in the folder. */
async function start(node, folder) {
  const port = await freePort();
  const settings = {
    uiHost: '127.0.0.1',
    uiPort: port,
    flowFile: 'flows.json',
    credentialSecret: 'none',
    editorTheme: { tours: false, userMenu: false },
    telemetry: { enabled: false, updateNotification: false },
    logging: { console: { level: 'debug', metrics: false, audit: true } },
  };
  writeFileSync(join(folder, 'settings.js'), `module.exports = ${JSON.stringify(settings, null, 2)};\n`);
  const red = join(PACKAGE, 'node_modules', 'node-red', 'red.js');
  const child = spawn(node, [red, '--settings', join(folder, 'settings.js'), '--userDir', folder], { cwd: folder });
  let log = '';
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text) => {
      log += text;
    });
  // The end of its streams too, which `exit` does not wait for.
  const ended = once(child, 'close');
  const until = Date.now() + STARTS_WITHIN;
  while (!log.includes('Started flows')) {
    if (child.exitCode !== null || Date.now() > until) {
      child.kill();
      throw new Error(`Node-RED did not start.\n${log}`);
    }
    await wait(100);
  }
  return {
    address: `http://127.0.0.1:${port}`,
    log: () => log,
    version: /Node-RED version: v(\S+)/.exec(log)?.[1],
    nodeVersion: /Node\.js\s+version: v(\S+)/.exec(log)?.[1],
    stop: async () => {
      child.kill();
      await ended;
    },
  };
}

async function json(address, options) {
  const response = await fetch(address, options);
  const text = await response.text();
  return {
    status: response.status,
    type: response.headers.get('content-type'),
    body: text === '' ? {} : JSON.parse(text),
  };
}

/** The example, deployed and asked; gives how long a request takes, the median. */
async function overHttp(address) {
  const types = (await json(`${address}/nodes`, { headers: { accept: 'application/json' } })).body;
  const own = types.filter(({ module }) => module === 'node-red-contrib-clinik-fhir');
  assert.deepEqual(
    own.map(({ types: [type], enabled, err }) => [type, enabled, err]).sort(),
    Object.keys(JSON.parse(readFileSync(join(PACKAGE, 'package.json'), 'utf8'))['node-red'].nodes)
      .map((type) => [type, true, undefined])
      .sort(),
  );
  const example = await json(
    `${address}/library/examples/flows/node-red-contrib-clinik-fhir/${encodeURIComponent(EXAMPLE)}`,
  );
  assert.equal(example.status, 200, 'the example is not offered');
  const deployed = await json(`${address}/flows`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'node-red-deployment-type': 'full' },
    body: JSON.stringify(example.body),
  });
  assert.ok(deployed.status < 300, `deployed: ${deployed.status}`);

  const post = (path, body, type = 'application/fhir+json') =>
    json(`${address}${path}`, { method: 'POST', headers: { 'content-type': type }, body });
  const task = {
    resourceType: 'Task',
    id: 'task-1',
    status: 'requested',
    intent: 'order',
    description: `Call ${CANARY}`,
    for: { reference: 'Patient/1' },
  };
  const good = JSON.stringify(task);
  // The flow may still be starting.
  for (
    let tries = 0;
    tries < 50 && (await fetch(`${address}/clinik/from-fhir`, { method: 'POST' })).status === 404;
    tries += 1
  )
    await wait(100);

  const { status, type, body } = await post('/clinik/from-fhir', good);
  assert.deepEqual([status, body.description, body.patientId], [200, task.description, '1']);
  assert.match(type, /^application\/json/);
  assert.equal((await post('/clinik/from-fhir', good, 'application/json')).status, 200);

  const refusals = [
    [good.replace('"requested"', `"${CANARY}"`), 422, 'code-invalid'],
    [good.slice(0, -1), 400, 'structure'],
    [good.replace('"intent"', '"status":"draft","intent"'), 400, 'structure'],
    [JSON.stringify({ resourceType: 'Patient', id: CANARY }), 422, 'not-supported'],
  ];
  for (const [sent, code, why] of refusals) {
    const refused = await post('/clinik/from-fhir', sent);
    assert.deepEqual([refused.status, refused.body.resourceType], [code, 'OperationOutcome'], sent);
    assert.ok(
      refused.body.issue.some((issue) => issue.code === why),
      JSON.stringify(refused.body),
    );
    assert.match(refused.type, /^application\/fhir\+json/);
    assert.ok(!JSON.stringify(refused.body).includes(CANARY));
  }

  const encounter = { status: 'finished', class: 'AMB', patientId: 'pt_1', lengthMinutes: 30 };
  const made = await post('/clinik/encounters', JSON.stringify(encounter), 'application/json');
  assert.deepEqual([made.status, made.body.resourceType, made.body.length?.value], [200, 'Encounter', 30]);
  const wrong = await post('/clinik/encounters', JSON.stringify({ ...encounter, status: CANARY }), 'application/json');
  assert.deepEqual([wrong.status, wrong.body.resourceType], [422, 'OperationOutcome']);

  const times = [];
  for (let request = 0; request < REQUESTS; request += 1) {
    const begun = performance.now();
    assert.equal((await post('/clinik/from-fhir', good)).status, 200);
    times.push(performance.now() - begun);
  }
  return times.sort((a, b) => a - b)[REQUESTS / 2];
}

/** The palette, the flow and each dialog of the editor, as a person sees them. */
async function inEditor(address, shots) {
  const { chromium } = await import('playwright-core');
  const browser = await chromium.launch({
    executablePath: CHROMIUM,
    args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking'],
  });
  try {
    const page = await browser.newPage({ viewport: { width: 1500, height: 950 } });
    page.setDefaultTimeout(STARTS_WITHIN);
    const faults = [];
    page.on('pageerror', ({ message }) => faults.push(message));
    const shot = async (name) => {
      if (shots !== undefined) await page.screenshot({ path: join(shots, `${name}.png`) });
    };
    await page.goto(address);
    for (const type of ['clinik-from-fhir', 'clinik-to-fhir', 'clinik-validate', 'clinik-bundle'])
      await page.waitForSelector(`.red-ui-palette-node[data-palette-type="${type}"]`, { state: 'attached' });
    await page.locator('#red-ui-palette-search input').pressSequentially('FHIR');
    await wait(500);
    await shot('palette');
    const { body: flow } = await json(`${address}/flows`);
    const dialogs = flow.filter(({ type }) => type.startsWith('clinik-') && type !== 'clinik-fhir-config');
    for (const { id, type } of dialogs) {
      await page.dblclick(`[id="${id}"]`);
      await page.waitForSelector('#node-input-name', { state: 'visible' });
      await wait(500);
      await shot(type);
      if (type === 'clinik-from-fhir') await editOptions(page, shot);
      else await page.click('#node-dialog-cancel');
      await page.waitForSelector('#node-input-name', { state: 'detached' });
    }
    const deployed = page.waitForResponse(
      (response) => response.request().method() === 'POST' && /\/flows$/.test(response.url()),
    );
    await page.click('#red-ui-header-button-deploy');
    await deployed;
    const { body } = await json(`${address}/flows`);
    const saved = new Map(body.map((node) => [node.id, node]));
    const config = body.find(({ type }) => type === 'clinik-fhir-config');
    const from = body.find(({ type }) => type === 'clinik-from-fhir');
    assert.deepEqual([config.partialDates, from.strict, from.allowLoss], ['keep', true, 'Task.note']);
    assert.equal(saved.get(from.options), config);
    assert.equal(config.fill, 'encounters.class=AMB\ndocuments.title=Imported document');
    await inBundleDialog(page, shot);
    await showHelp(page, dialogs[1].id, shot);
    assert.deepEqual(faults, []);
    return `looked at in Chromium ${browser.version()}`;
  } finally {
    await browser.close();
  }
}

/** In the dialog of a node that converts: strict, and dates as they are in its node of options. */
async function editOptions(page, shot) {
  assert.equal(await page.isVisible('#node-input-allowLoss'), false);
  await page.check('#node-input-strict');
  await page.fill('#node-input-allowLoss', 'Task.note');
  await page.click('#node-input-btn-options-edit');
  await page.waitForSelector('#node-config-input-partialDates', { state: 'visible' });
  await page.selectOption('#node-config-input-partialDates', 'keep');
  const isWrong = () => page.evaluate(() => globalThis.$('#node-config-input-fill').hasClass('input-error'));
  await page.fill('#node-config-input-fill', 'encounters.status=planned');
  await page.dispatchEvent('#node-config-input-fill', 'change');
  assert.equal(await isWrong(), true);
  await page.fill('#node-config-input-fill', 'encounters.class=AMB\ndocuments.title=Imported document');
  await page.dispatchEvent('#node-config-input-fill', 'change');
  assert.equal(await isWrong(), false);
  await wait(500);
  await shot('clinik-fhir-config');
  await page.click('#node-config-dialog-ok');
  await page.waitForSelector('#node-config-input-partialDates', { state: 'detached' });
  await wait(500);
  await page.click('#node-dialog-ok');
}

/** A Bundle node that is dragged from the palette, and its dialog in both directions. */
async function inBundleDialog(page, shot) {
  await page.dragAndDrop('.red-ui-palette-node[data-palette-type="clinik-bundle"]', '#red-ui-workspace-chart', {
    targetPosition: { x: 300, y: 600 },
  });
  await wait(300);
  const id = await page.evaluate(() => {
    const found = [];
    globalThis.RED.nodes.eachNode((node) => {
      if (node.type === 'clinik-bundle') found.push(node.id);
    });
    return found[0];
  });
  assert.ok(id, 'nothing was dropped');
  await page.dblclick(`[id="${id}"]`);
  await page.waitForSelector('#node-input-action', { state: 'visible' });
  await wait(500);
  assert.deepEqual(
    [await page.isVisible('#node-input-refused'), await page.isVisible('#node-input-bundleType')],
    [true, false],
  );
  await page.selectOption('#node-input-action', 'to');
  assert.deepEqual(
    [await page.isVisible('#node-input-refused'), await page.isVisible('#node-input-bundleType')],
    [false, true],
  );
  await shot('clinik-bundle');
  await page.click('#node-dialog-cancel');
  await page.waitForSelector('#node-input-action', { state: 'detached' });
}

/** The help of a node, in the sidebar. */
async function showHelp(page, id, shot) {
  await page.click(`[id="${id}"]`);
  await page.evaluate(() => globalThis.RED.sidebar.show('help'));
  const help = page.locator('.red-ui-help', { hasText: 'Converts a FHIR R4 resource to a ClinikAPI payload' });
  await help.locator('.node-ports').waitFor({ state: 'visible' });
  await wait(500);
  await shot('help');
}

if (basename(process.argv[1] ?? '') === 'nodeRed.mjs') {
  const [, , shots] = process.argv;
  if (shots !== undefined) mkdirSync(shots, { recursive: true });
  const result = await nodeRed({ shots });
  if ('skipped' in result) skipped('Node-RED', result.skipped);
  else {
    console.log(result);
    if (!existsSync(CHROMIUM)) skipped('The editor of Node-RED', 'there is no Chromium');
  }
}
