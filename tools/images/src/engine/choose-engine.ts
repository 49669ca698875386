/** What is known of this machine before anything on it is changed. */
export interface Machine {
  /** A client that builds with BuildKit. */
  readonly hasClient: boolean;
  /** An engine answers at DOCKER_HOST or its usual socket. */
  readonly hasEngine: boolean;
  readonly isRoot: boolean;
  /** Debian's package manager is here. */
  readonly hasApt: boolean;
  /** `--install`, or a CI run, whose machine is its own. */
  readonly mayInstall: boolean;
}

export type EngineChoice =
  | { readonly kind: 'use' }
  /** Install what is missing and start an engine of our own. */
  | { readonly kind: 'own' }
  | { readonly kind: 'skip'; readonly reason: string };

/** Which Docker engine the images are tested on. */
export function chooseEngine(machine: Machine): EngineChoice {
  const { hasClient, hasEngine, isRoot, hasApt, mayInstall } = machine;
  if (hasEngine && hasClient) return { kind: 'use' };
  if (mayInstall && isRoot && hasApt && !hasEngine) return { kind: 'own' };
  const lack = hasEngine
    ? 'the Docker client here has no BuildKit (install its Buildx plugin)'
    : 'no Docker engine answers here';
  const remedy =
    hasEngine || (isRoot && hasApt) ? '' : ', and only root on Debian can be given one of its own';
  return { kind: 'skip', reason: `${lack}${remedy}${canAsk(machine) ? askFor : ''}` };
}

const askFor = ' (as root on Debian, --install installs and starts one for the test)';
const canAsk = ({ hasEngine, isRoot, hasApt, mayInstall }: Machine) =>
  !hasEngine && isRoot && hasApt && !mayInstall;
