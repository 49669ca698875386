/**
 * Names that are known before their resources stand: alarms watch services that in turn refer to
 * alarms, and a dashboard is easier to review with names than with references.
 */
export const serviceNames = (environment: string) => {
  const prefix = `clarity-${environment}`;
  return {
    prefix,
    cluster: prefix,
    api: `${prefix}-api`,
    mlWorker: `${prefix}-ml-worker`,
    endpoint: `${prefix}-inference`,
    batch: `${prefix}-batch`,
    alerts: `${prefix}-alerts`,
    log: (what: string) => `/clarity/${environment}/${what}`,
  };
};

export type ServiceNames = ReturnType<typeof serviceNames>;
