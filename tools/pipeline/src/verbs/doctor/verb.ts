import { repository } from '../../shared-options';
import { defineVerb } from '../../verb';

export const doctor = defineVerb({
  name: 'doctor',
  summary: 'check the settings of the GitHub repository that the workflows rely on',
  options: { repository },
  outputs: {},
  // A person runs it: no job's token may read these settings.
  github: {},
  needs: 'nothing',
  builds: [],
  async run(start, { repository: name }) {
    const { examineRepository } = await import('./run');
    await examineRepository(start.connectGitHub(name), start.reporter);
  },
});
