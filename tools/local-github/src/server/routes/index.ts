import { commentRoutes } from './comments';
import { deploymentRoutes } from './deployments';
import { environmentRoutes } from './environments';
import { issueRoutes } from './issues';
import { labelRoutes } from './labels';
import { pullRequestRoutes } from './pull-requests';
import { repositoryRoutes } from './repository';
import type { Routes } from './route';

export const routes: Routes = {
  ...repositoryRoutes,
  ...pullRequestRoutes,
  ...issueRoutes,
  ...commentRoutes,
  ...labelRoutes,
  ...deploymentRoutes,
  ...environmentRoutes,
};
