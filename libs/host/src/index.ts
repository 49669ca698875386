export { folderAbove, workspaceRoot } from './files/folder-above';
export { replaceFile, replaceJson } from './files/replace-file';
export { inTempFolder } from './files/temp-folder';
export { freePort } from './network/free-port';
export { listenOnLoopback, PortInUse } from './network/listen-on-loopback';
export { nextSignal, type SignalWatch } from './processes/ending-signals';
export { exitCodeOf } from './processes/exit-code';
export { isAlive } from './processes/is-alive';
export { startGroup, type GroupOptions, type ProcessGroup } from './processes/process-group';
export { startGuard, type ProcessGuard } from './processes/process-guard';
export { runInForeground } from './processes/run-in-foreground';
export {
  endPrograms,
  ProgramFailed,
  runProgram,
  tryProgram,
  type ProgramEnd,
  type RunOptions,
} from './processes/run-program';
export {
  backgroundPriority,
  lowestPriority,
  setSessionPriority,
} from './processes/session-priority';
export { startLogged, type LoggedOptions, type LoggedProgram } from './processes/start-logged';
export { systemClock, type Clock } from './time/clock';
export { eventually, type EventuallyOptions } from './time/eventually';
