/** An SDK's output without what the SDK itself adds to it. */
export type Answer<Output> = Omit<Output, '$metadata'>;
