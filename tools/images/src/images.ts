/** The images of this repository, and what is promised of each. */
export interface AppImage {
  readonly app: 'api' | 'ml-worker';
  /** Local tag, as docker-compose.yml names it. */
  readonly tag: string;
  /** The service of docker-compose.yml that runs it. */
  readonly service: 'api' | 'worker';
  /** `docker run --memory` */
  readonly memory: string;
  /** Compressed, in megabytes of 10^6 bytes; the sizes that DESIGN.md or the first build set. */
  readonly sizeGoal: number;
  /** From SIGTERM, in seconds. A worker lets its last poll of the queue end, which takes 5 s. */
  readonly exitGoal: number;
}

export const appImages: readonly AppImage[] = [
  {
    app: 'api',
    tag: 'clarity-api:local',
    service: 'api',
    memory: '256m',
    sizeGoal: 80,
    exitGoal: 1,
  },
  {
    app: 'ml-worker',
    tag: 'clarity-ml-worker:local',
    service: 'worker',
    memory: '1g',
    sizeGoal: 100,
    exitGoal: 6,
  },
];
