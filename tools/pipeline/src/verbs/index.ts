import type { Verb } from '../verb';
import { affected } from './affected/verb';
import { apply } from './apply/verb';
import { bootstrap } from './bootstrap/verb';
import { comment } from './comment/verb';
import { deploy } from './deploy/verb';
import { doctor } from './doctor/verb';
import { drift } from './drift/verb';
import { inference } from './inference/verb';
import { image } from './image/verb';
import { plan } from './plan/verb';
import { preflight } from './preflight/verb';
import { publishModel } from './publish-model/verb';
import { redrive } from './redrive/verb';
import { releasesDiff } from './releases-diff/verb';
import { releasesList } from './releases-list/verb';
import { releasesShow } from './releases-show/verb';
import { review } from './review/verb';
import { rollback } from './rollback/verb';
import { rollout } from './rollout/verb';
import { synth } from './synth/verb';
import { unlock } from './unlock/verb';
import { verify } from './verify/verb';

/** Every verb of the pipeline, in the order of `--help`. */
export const verbs: readonly Verb[] = [
  synth,
  plan,
  comment,
  review,
  affected,
  drift,
  apply,
  preflight,
  bootstrap,
  publishModel,
  deploy,
  inference,
  image,
  rollout,
  rollback,
  releasesList,
  releasesShow,
  releasesDiff,
  verify,
  unlock,
  redrive,
  doctor,
];
