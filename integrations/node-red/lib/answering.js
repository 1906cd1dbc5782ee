// @ts-check
'use strict';

const { operationOutcome } = require('clinik-fhir');
const { loggable } = require('./flowError.js');

/** @typedef {import('./types.js').Answer} Answer */
/** @typedef {import('./types.js').Message} Message */
/** @typedef {import('./types.js').NodeRedNode} NodeRedNode */

/** How often a status is sent to editors at most. */
const STATUS_EVERY = 250;

/**
 * Makes a node answer its messages: what is good leaves by the first output, what is refused by the second, and what is wrong with
 * the flow goes to Catch nodes. No log and no status holds a value of a record.
 * @param {NodeRedNode} node
 * @param {{ prepare: () => Promise<import('./types.js').Answering>; keep: boolean }} how `prepare` reads what the
 * node needs, once; `keep` also keeps what a good message brought, in `msg.original`.
 */
function answering(node, { prepare, keep }) {
  const status = statusOf(node);
  const ready = prepare();
  ready.catch((error) => {
    status.fault('cannot start');
    node.error(loggable(error));
  });
  node.on('input', async (/** @type {Message} */ msg, /** @type {Function} */ send, /** @type {Function} */ done) => {
    try {
      const answer = (await ready)(msg);
      write(msg, answer, keep);
      status.count(answer.ok);
      send(answer.ok ? [msg, null] : [null, msg]);
    } catch (error) {
      status.fault('error');
      fail(node, done, loggable(error));
      return;
    }
    done();
  });
  node.on('close', () => status.end());
}

/**
 * Tells Catch nodes of an error; only the log where the message cannot be copied for them, as one that is nested too deep.
 * @param {NodeRedNode} node
 * @param {Function} done
 * @param {Error} error
 */
function fail(node, done, error) {
  try {
    done(error);
  } catch {
    node.error(error);
  }
}

/**
 * Writes an answer into its message. What it does not name stays as it is.
 * @param {Message} msg
 * @param {Answer} answer
 * @param {boolean} keep
 */
function write(msg, answer, keep) {
  const came = msg.payload;
  if (answer.ok) {
    const set = keep ? { ...answer.set, original: came } : (answer.set ?? {});
    for (const [name, value] of Object.entries(set)) {
      if (value === undefined) delete msg[name];
      else msg[name] = value;
    }
    msg.payload = answer.payload;
  } else {
    msg.original = came;
    msg.payload = operationOutcome(answer.about.issues);
    msg.statusCode = answer.statusCode;
  }
  msg.clinikFhir = { ok: answer.ok, ...answer.about };
}

/**
 * The status of a node: how many messages were good and how many refused.
 * @param {NodeRedNode} node
 */
function statusOf(node) {
  let good = 0;
  let refused = 0;
  /** @type {NodeJS.Timeout | undefined} */
  let waiting;
  const show = () => {
    const fill = refused === 0 ? 'green' : 'yellow';
    node.status({ fill, shape: 'dot', text: refused === 0 ? `${good} good` : `${good} good, ${refused} refused` });
  };
  return {
    count(/** @type {boolean} */ ok) {
      if (ok) good += 1;
      else refused += 1;
      if (waiting !== undefined) return;
      show();
      const before = good + refused;
      waiting = setTimeout(() => {
        waiting = undefined;
        if (good + refused !== before) show();
      }, STATUS_EVERY);
    },
    fault(/** @type {string} */ text) {
      clearTimeout(waiting);
      waiting = undefined;
      node.status({ fill: 'red', shape: 'ring', text });
    },
    end() {
      clearTimeout(waiting);
      node.status({});
    },
  };
}

module.exports = { answering };
