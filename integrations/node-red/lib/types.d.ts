import type { EventEmitter } from 'node:events';
import type { ConvertOptions, IdMap, Issue, Loss, SkippedEntry } from 'clinik-fhir';

/** A message of a flow. What it holds is the flow's, so nothing is known of it. */
export interface Message {
  payload?: unknown;
  [property: string]: unknown;
}

/** What `msg.clinikFhir` says of a message. It holds no value of a record. */
export interface About {
  ok: boolean;
  name?: string;
  losses: Loss[];
  issues: Issue[];
  skipped?: SkippedEntry[];
}

/** What a node answers a message with: the payload and the other properties to set, or why there is none. */
export type Answer =
  | { ok: true; payload: unknown; about: Omit<About, 'ok'>; set?: Record<string, unknown> }
  | { ok: false; about: Omit<About, 'ok'>; statusCode: number; payload?: unknown };

/** Answers a message; throws `FlowError` where the flow is at fault, and not the record. */
export type Answering = (msg: Message) => Answer;

/** The part of Node-RED's Node that is used here (https://nodered.org/docs/creating-nodes/node-js). */
export interface NodeRedNode extends EventEmitter {
  status(status: { fill?: string; shape?: string; text?: string }): void;
  error(error: unknown, msg?: Message): void;
}

/** A configuration node of this package. */
export interface ConfigNode extends NodeRedNode {
  /** The options of every conversion; rejects with a `FlowError` where they cannot be. */
  reading: Promise<ConvertOptions>;
}

/** What an editor saved of a node: whatever a flow file says. */
export interface Settings {
  id: string;
  type: string;
  [property: string]: unknown;
}

/** The part of Node-RED's API that is used here. */
export interface Red {
  nodes: {
    createNode(node: unknown, settings: Settings): void;
    registerType(type: string, Node: (this: never, settings: Settings) => void): void;
    getNode(id: string): ConfigNode | null;
  };
  settings: { fileWorkingDirectory?: string };
}

export type { ConvertOptions, IdMap, Issue, Loss };
