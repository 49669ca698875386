/**
 * Names that are known before their resources exist: alarms watch services, which in turn refer to
 * alarms. Names also make the dashboard easier to review than references.
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
