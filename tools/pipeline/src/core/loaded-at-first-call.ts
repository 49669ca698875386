/** Methods that all return promises, so that a caller can wait for their code too. */
type Asynchronous<Port> = {
  readonly [Method in keyof Port]: (...args: never[]) => Promise<unknown>;
};

/**
 * A port whose code is loaded at its first call. Loading the SDK of one AWS service takes longer than most
 * calls of it, and a verb uses one or two of the eight.
 * @param methods all of its methods
 */
export function loadedAtFirstCall<Port extends Asynchronous<Port>>(
  methods: Readonly<Record<keyof Port, true>>,
  load: () => Promise<Port>,
): Port {
  let loaded: Promise<Port> | undefined;
  const forwarded = Object.keys(methods).map((name) => {
    const method = name as keyof Port;
    const call = async (...args: never[]) => (await (loaded ??= load()))[method](...args);
    return [name, call] as const;
  });
  return Object.fromEntries(forwarded) as Port;
}
