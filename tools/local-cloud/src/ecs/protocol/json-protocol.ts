/** AWS JSON 1.1 writes times as seconds since the epoch. */
export function encodeJson(output: unknown): string {
  return JSON.stringify(output, function (this: unknown, key, value: unknown) {
    const original = this !== null && typeof this === 'object' ? Reflect.get(this, key) : undefined;
    return original instanceof Date ? original.getTime() / 1000 : value;
  });
}

export const encodeError = (code: string, message: string): string =>
  JSON.stringify({ __type: code, message });

/** The response of an action: an SDK's output without what the SDK itself adds to it. */
export type Output<SdkOutput> = Omit<SdkOutput, '$metadata'>;
