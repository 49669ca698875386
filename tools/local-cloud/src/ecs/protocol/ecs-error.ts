/** An error of the ECS API; `code` is what the SDKs make an exception class of. */
export class EcsError extends Error {
  constructor(
    readonly code: string,
    message: string,
  ) {
    super(message);
    this.name = 'EcsError';
  }
}

export const invalidParameter = (message: string) =>
  new EcsError('InvalidParameterException', message);

export const clientException = (message: string) => new EcsError('ClientException', message);

/** For what ECS can do and the emulator cannot: better an error than a request that is taken for another one. */
export const notSupported = (what: string) =>
  new EcsError('UnsupportedFeatureException', `${what} is not supported by the embedded AWS.`);

export const clusterNotFound = () => new EcsError('ClusterNotFoundException', 'Cluster not found.');

export const serviceNotFound = () => new EcsError('ServiceNotFoundException', 'Service not found.');

export const serviceNotActive = () =>
  new EcsError('ServiceNotActiveException', 'Service was not ACTIVE.');

export const serviceDeploymentNotFound = () =>
  new EcsError('ServiceDeploymentNotFoundException', 'The service deployment was not found.');
