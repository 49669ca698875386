/** The same time limit for each operation of a resource, e.g. "20m". */
export const timeouts = (limit: string) => ({ create: limit, update: limit, delete: limit });
