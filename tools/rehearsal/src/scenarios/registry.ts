import { analyseWeek, logIn, refuseBadInput, uploadWeek } from './api-user';
import { bootstrap } from './bootstrap';
import { bootstrapAgain } from './bootstrap-again';
import { applyBaseStacks, deploy, publishModel, synth } from './deploy';
import { errorsUnderLoad, neverHealthy } from './deploy-broken-release';
import { drift, driftRepaired } from './drift-schedule';
import { cancelledPlan, killedDeploy } from './ended-runs';
import { inference } from './inference';
import { killedWorker } from './killed-worker';
import { countFailedRequests, load } from './load';
import { modelBundle } from './model-bundle';
import { permissions } from './permissions';
import { planAgain } from './plan-again';
import { forkPullRequest, pullRequest, pullRequestUpdate } from './pull-requests';
import { nextModel, promotion } from './promotion';
import { beginDocuments, beginMerge, merge, pushBrokenRelease, pushDocuments } from './pushes';
import { rollbackDispatch } from './rollback-dispatch';
import type { Scenario } from './scenario';
import { startAws } from './start-aws';
import { startGitHub } from './start-github';
import { trace } from './trace';

/** All scenarios; of those that may start at the same time, the longer ones first. */
export const scenarios: readonly Scenario[] = [
  startAws,
  bootstrap,
  startGitHub,
  synth,
  modelBundle,
  forkPullRequest,
  applyBaseStacks,
  pullRequest,
  nextModel,
  bootstrapAgain,
  publishModel,
  deploy,
  pullRequestUpdate,
  inference,
  logIn,
  uploadWeek,
  analyseWeek,
  trace,
  refuseBadInput,
  promotion,
  load,
  neverHealthy,
  errorsUnderLoad,
  cancelledPlan,
  killedDeploy,
  killedWorker,
  planAgain,
  beginMerge,
  beginDocuments,
  pushBrokenRelease,
  merge,
  pushDocuments,
  rollbackDispatch,
  drift,
  driftRepaired,
  countFailedRequests,
  permissions,
];

/** `--quick`: one deploy, one analysis and its trace, one rollback. */
export const quick: readonly Scenario[] = [trace, refuseBadInput, neverHealthy];
