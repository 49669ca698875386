import { spawn } from 'node:child_process';

/**
 * A shell that outlives us for a moment: it reads from its standard input which process groups are ours,
 * it ends those that are left when that pipe closes, which happens however we die.
 */
const script = `
groups=""
while read -r verb group; do
  case $verb in
    add) groups="$groups $group" ;;
    remove)
      kept=""
      for each in $groups; do [ "$each" = "$group" ] || kept="$kept $each"; done
      groups=$kept ;;
  esac
done
[ -z "$groups" ] && exit 0
for each in $groups; do kill -TERM "-$each" 2>/dev/null; done
sleep 3
for each in $groups; do kill -KILL "-$each" 2>/dev/null; done
`;

/** Knows the process groups that must not survive this process. */
export interface ProcessGuard {
  add(group: number): void;
  remove(group: number): void;
  /** The guard itself ends once nothing is left to watch. */
  close(): Promise<void>;
}

/** Starts the guard, in a session of its own so that a Ctrl-C on the terminal passes it by. */
export function startGuard(): ProcessGuard {
  const shell = spawn('sh', ['-c', script], {
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  const ended = new Promise<void>((resolve) => shell.once('close', () => resolve()));
  // A guard that is gone already is not a reason to fail: everything is ended by us as well.
  shell.stdin.on('error', () => {});
  shell.on('error', () => {});
  return {
    add: (group) => void shell.stdin.write(`add ${group}\n`),
    remove: (group) => void shell.stdin.write(`remove ${group}\n`),
    close: () => {
      shell.stdin.end();
      return ended;
    },
  };
}
