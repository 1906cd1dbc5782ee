import type { Loss, Operation } from '../lens/diff.js';
import type { Issue } from '../lens/issue.js';
import type { Bytes } from '../read/jsonValues.js';
import type { Fix } from '../read/recordsOfValue.js';
import type { Source } from '../read/source.js';
import type { Link } from './waves/recordLinks.js';

/** Why a record is skipped. */
export type SkipReason =
  /** ClinikAPI has no payload of this type here. */
  | 'other-type'
  /** The entry of a Bundle holds no resource, or says that one was deleted. */
  | 'no-resource'
  /** There is a newer version of the record, or its deletion. */
  | 'older-version'
  /** Another record of the same server, type and id says the same. */
  | 'copy'
  /** It points at records of the run that an id map does not know yet, since they are sent in an earlier wave. */
  | 'waiting'
  /** It is in the form already that was asked for. */
  | 'same-form';

/** What became of a record. */
export type Conversion = {
  readonly source: Source;
  /** The record as it came; one in a Bundle or a list as it stands there, in one line. A stream is to be read at once. */
  readonly bytes: () => Bytes;
  /** Where somebody gave its text in the place of the one in its file. */
  readonly fix?: Fix;
} & (
  | {
      readonly kind: 'converted';
      /** The path of a payload, the type of a resource: the name of what it became. */
      readonly name: string;
      readonly output: object;
      readonly losses: readonly Loss[];
      readonly issues: readonly Issue[];
      readonly residue?: readonly Operation[];
      /** What the order of upload depends on; of a payload. */
      readonly upload?: Upload;
      /** The resource itself, where it lost content and that was asked for. */
      readonly raw?: RawCopy;
    }
  | {
      /** It goes to ClinikAPI as it came, but for its references. */
      readonly kind: 'raw';
      readonly raw: RawCopy;
      /** Warnings. */
      readonly issues: readonly Issue[];
    }
  | Rejection
  | {
      readonly kind: 'skipped';
      readonly reason: SkipReason;
      /** True for the deletion of the record that `source` names, so that an earlier upload of it is to be deleted. */
      readonly isDeletion?: true;
      /** Of one that waits: the wave in which it can be sent, and what an id map has to do with it. */
      readonly wave?: number;
      readonly wanting?: Pick<Upload, 'names' | 'links'>;
    }
);

/** A resource for ClinikAPI's raw FHIR route, `/v1/fhir/{Type}`. */
export interface RawCopy {
  readonly type: string;
  /** The record as it came, but for its references, in one line. */
  readonly bytes: () => Bytes;
  /** What the order of upload depends on. */
  readonly upload: Upload;
}

/** What a record's place in an upload depends on. */
export interface Upload {
  /** What others call the record: `Type/id`. */
  readonly names: readonly string[];
  /** True where it is at ClinikAPI already, by an id map or by an identifier of ClinikAPI's beside one. */
  readonly isKnown: boolean;
  /** What it points at. */
  readonly links: readonly Link[];
  /** Its bytes in a bulk import body; 0 where no limit of these was given. */
  readonly size: number;
}

/** What is said of a record that is refused. */
export interface Rejection {
  readonly kind: 'rejected';
  readonly issues: readonly Issue[];
  /** What the file is called that keeps it: a FHIR type, the path of a payload, `Bundle` or `Unknown`. */
  readonly keptIn: string;
  /** The bytes that are refused again for the same reasons: the record, and where these lie in its Bundle, that too. */
  readonly kept: () => Bytes;
  /** True where the bytes are several lines. */
  readonly isDocument: boolean;
  /** The resource itself, where it can be sent and that was asked for. */
  readonly raw?: RawCopy;
  /** True for a record that was entered in error, so that an earlier upload of it is to be deleted. */
  readonly retracted?: true;
  /** What an id map has to do with it, where nothing refused it but what the map does not know, or what it would lose. */
  readonly wanting?: Pick<Upload, 'names' | 'links'>;
  /** Where nothing but what an id map does not know keeps it from being converted: what its wave depends on. */
  readonly waits?: Waits;
}

/** A record that may have to wait for others. */
export interface Waits extends Pick<Upload, 'names' | 'links'> {
  /** The path of its payload, or the raw route that it goes to. */
  readonly route: string;
  /** What others call the records that it waits for: `Type/id`. */
  readonly waitsFor: readonly string[];
}
