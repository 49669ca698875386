/** What a request of S3's REST API says about its permissions. */
export interface S3Request {
  readonly method: string;
  readonly bucket: string;
  /** Empty for requests about the bucket. */
  readonly key: string;
  readonly query: URLSearchParams;
  /** `<bucket>/<key>` of the source of a copy. */
  readonly copySource?: string;
  /** Tags come with the object. */
  readonly tagged: boolean;
  /** Keys in the body of DeleteObjects. */
  readonly deletedKeys: readonly string[];
}
