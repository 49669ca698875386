import { hostname, userInfo } from 'node:os';

/** Who runs this: GitHub's actor, or the user of this machine. */
export function actor(processEnv: NodeJS.ProcessEnv = process.env): string {
  return processEnv['GITHUB_ACTOR'] ?? userInfo().username;
}

/** The actor and a link to the run, for those who find the environment locked. */
export function holder(processEnv: NodeJS.ProcessEnv = process.env): string {
  const {
    GITHUB_SERVER_URL: server,
    GITHUB_REPOSITORY: repository,
    GITHUB_RUN_ID: run,
  } = processEnv;
  const where = run
    ? `${server}/${repository}/actions/runs/${run}`
    : `${hostname()}, process ${process.pid}`;
  return `${actor(processEnv)} (${where})`;
}
