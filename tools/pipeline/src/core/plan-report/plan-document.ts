import type { PlanJson } from '../terraform/plan-json';

export type { PlannedChange, PlannedResource } from '../terraform/plan-json';

/** The plan of one stack, as reviews and comments read it. */
export type PlanDocument = Omit<PlanJson, 'applyable' | 'planned_values'>;
