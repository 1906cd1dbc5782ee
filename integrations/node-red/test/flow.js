'use strict';

const helper = require('node-red-node-test-helper');

const NODES = ['config', 'fromFhir', 'toFhir', 'validate', 'bundle'].map((name) => require(`../nodes/${name}.js`));

helper.init(require.resolve('node-red'));

/** What has no place in a flow is a configuration node for Node-RED. */
const IN_FLOW = { z: 'f', x: 100, y: 100 };

/**
 * Starts a flow of one node, `n`, both outputs of which and a Catch node are listened to.
 * @returns a function that sends it a message and gives where what came of it came out, and what that was.
 */
async function started(node, others = [], settings = {}) {
  helper.settings(settings);
  await helper.load(NODES, [
    { id: 'f', type: 'tab' },
    ...others,
    { id: 'n', ...IN_FLOW, wires: [['first'], ['second']], ...node },
    { id: 'catch', ...IN_FLOW, type: 'catch', scope: ['n'], wires: [['caught']] },
    ...['first', 'second', 'caught'].map((id) => ({ id, ...IN_FLOW, type: 'helper' })),
  ]);
  const waiting = [];
  for (const from of ['first', 'second', 'caught'])
    helper.getNode(from).on('input', (msg) => waiting.shift()?.({ from, msg }));
  return (msg) =>
    new Promise((resolve) => {
      waiting.push(resolve);
      helper.getNode('n').receive(msg);
    });
}

/** What Node-RED logged since the flow was started: of warnings and errors, or of everything. */
function logged(levels = [helper.log().ERROR, helper.log().WARN]) {
  return helper
    .log()
    .args.map(([entry]) => entry)
    .filter(({ level }) => levels === 'all' || levels.includes(level))
    .map(({ level, msg, ...rest }) => ({
      level,
      msg: msg instanceof Error ? `${msg.message}\n${msg.stack}` : msg,
      ...rest,
    }));
}

const ids = ({ issues }) => issues.map(({ id }) => id);

module.exports = { helper, ids, logged, started };
