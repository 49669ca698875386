import { join } from 'node:path';

/** Where one job has its checkout. */
export interface Checkout {
  readonly workspace: string;
  /** Lets another job have the place. */
  release(): void;
}

/**
 * The places for the checkouts of jobs that run at the same time. A job gets the first one that is free: on GitHub's
 * machines too a checkout is always in the same folder, and what tools have cached by path is found again.
 */
export class Checkouts {
  private readonly taken = new Set<number>();

  constructor(private readonly folder: string) {}

  take(): Checkout {
    let place = 1;
    while (this.taken.has(place)) place++;
    this.taken.add(place);
    return {
      workspace: join(this.folder, String(place), 'workspace'),
      release: () => void this.taken.delete(place),
    };
  }
}
