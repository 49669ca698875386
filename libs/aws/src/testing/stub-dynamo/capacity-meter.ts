/** Capacity units since the start or the last reset, as on-demand tables bill them. */
export interface CapacityUnits {
  readonly write: number;
  readonly read: number;
  /** Requests by operation, failed ones included. */
  readonly calls: Readonly<Record<string, number>>;
}

/**
 * Adds up capacity units. Sources, in Amazon's Developer Guide: "DynamoDB read and write operations"
 * for rounding and for failed conditions, "Amazon DynamoDB Transactions: How it works" for the
 * doubled cost. That a ConditionCheck costs write units is measured, not documented
 * (martinhicks.dev/articles/what-a-conditional-dynamodb-transaction-costs).
 * Secondary indexes and storage are not counted.
 */
export interface CapacityMeter {
  called(operation: string): void;
  /** @param bytes the larger of the item before and after, whether its condition held or not */
  wrote(bytes: number, mode: 'single' | 'transaction'): void;
  /** @param bytes all items that one request evaluated, added up before they are rounded */
  read(bytes: number, consistent: boolean): void;
  units(): CapacityUnits;
  reset(): void;
}

const writeUnit = 1024;
const readUnit = 4096;

export function capacityMeter(): CapacityMeter {
  let write = 0;
  let read = 0;
  let calls: Record<string, number> = {};
  return {
    called: (operation) => void (calls[operation] = (calls[operation] ?? 0) + 1),
    wrote: (bytes, mode) =>
      void (write += unitsOf(bytes, writeUnit) * (mode === 'transaction' ? 2 : 1)),
    read: (bytes, consistent) => void (read += unitsOf(bytes, readUnit) * (consistent ? 1 : 0.5)),
    units: () => ({ write, read, calls: { ...calls } }),
    reset: () => {
      write = 0;
      read = 0;
      calls = {};
    },
  };
}

/** Nothing found, or nothing there to delete, costs a unit too. */
function unitsOf(bytes: number, unit: number): number {
  return Math.max(1, Math.ceil(bytes / unit));
}
