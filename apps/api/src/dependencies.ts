import type { CloudProvider } from '@clarity/domain';
import type { Logger } from '@clarity/telemetry';
import type { CursorKeys } from './cursors/signed-cursor';

/** Epoch milliseconds now. */
export type Clock = () => number;

/** The configuration of the service; everything else is a dependency. */
export interface ApiConfig {
  /** Git sha or id of the release, part of the version of rendered pictures. */
  readonly release: string;
  /** Key prefix of the model bundle in the data bucket, without a slash at the end. */
  readonly modelPrefix: string;
  readonly cursorKeys: CursorKeys;
  /** Folder with the files of Swagger UI. */
  readonly docsAssets: string;
  /** Milliseconds that a request may take from the end of its body. */
  readonly requestDeadlineMs: number;
  /** Bytes of all request bodies in flight together. */
  readonly bodyBudgetBytes: number;
  readonly limits: {
    /** Requests per minute of one user over all routes with a token. */
    readonly perUserPerMinute: number;
    /** Requests per minute of one address without a good token, for any route and any answer. */
    readonly perAddressPerMinute: number;
    /** Mean delay of the event loop from which on requests are turned away; 0 = never. */
    readonly maxEventLoopDelayMs: number;
  };
}

export interface Dependencies {
  readonly cloud: CloudProvider;
  readonly config: ApiConfig;
  readonly logger: Logger;
  readonly clock: Clock;
}
