/**
 * A Dockerfile that builds the same image, of which an engine has nothing in its cache after the
 * stage `dependencies`: the app is bundled and every layer made again. (`--no-cache` would install all
 * packages again, and the builder's cache tells layers apart by contents only, not by dates.)
 * @throws Error if the Dockerfile has no such stages
 */
export function rebuilt(dockerfile: string, mark: string): string {
  const bundling = /^FROM dependencies AS layers$/m;
  const runtime = /^FROM scratch.*$/gm;
  if (!bundling.test(dockerfile) || !runtime.test(dockerfile))
    throw new Error('The Dockerfile has no stage `layers`, or none FROM scratch.');
  return dockerfile
    .replace(bundling, (line) => `${line}\nENV REBUILT=${mark}`)
    .replace(runtime, (line) => `${line}\nWORKDIR /${mark}`);
}
