import { attributeChanges } from './attribute-changes';
import type { PlannedResource } from './plan-document';
import type { LocatedChange } from './located-change';
import { clipped, visible } from './safe-text';

/**
 * Why Terraform chose to replace or destroy a resource
 * (https://developer.hashicorp.com/terraform/internals/json-format#change-representation).
 */
const reasons: Readonly<Record<string, string>> = {
  replace_because_tainted: 'it is tainted: its creation failed, or a person marked it',
  replace_because_cannot_update: 'its provider cannot change it in place',
  replace_by_request: 'the plan was made with -replace',
  replace_by_triggers: 'something in its replace_triggered_by changes',
  delete_because_no_resource_config: 'the code no longer has it',
  delete_because_no_module: 'the code no longer has its module',
  delete_because_wrong_repetition: 'count or for_each was added to it or taken away',
  delete_because_count_index: 'its index is beyond count',
  delete_because_each_key: 'for_each no longer has its key',
  delete_because_no_move_target: 'it was moved to an address that the code does not have',
};

/** Lines above the diff of a resource: what a diff of attributes does not show. */
export function explanation({ kind, resource, drift }: LocatedChange): readonly string[] {
  const { previous_address: previous, action_reason: reason, change, address } = resource;
  return [
    ...(previous === undefined ? [] : [`# moved from ${name(previous)} to ${name(address)}`]),
    ...(change.importing
      ? [`# imported from ${name(change.importing.id ?? 'an unknown id')}`]
      : []),
    ...(kind === 'forget' ? ['# removed from the state; nothing is destroyed'] : []),
    ...(kind === 'replace' && change.actions[0] === 'create'
      ? ['# the new one is created before the old one is destroyed']
      : []),
    ...(resource.deposed === undefined ? [] : ['# an interrupted replacement left it behind']),
    ...(reason === undefined ? [] : [`# because ${reasons[reason] ?? name(reason)}`]),
    ...undone(resource, drift),
  ];
}

/** What the plan would undo, although it was done outside of Terraform, perhaps for a reason. */
function undone({ change }: PlannedResource, drift: PlannedResource | undefined) {
  if (!drift) return [];
  if (drift.change.actions.includes('delete'))
    return ['# it was deleted outside of Terraform; this plan creates it again'];
  const planned = new Set(changedPaths(change));
  const paths = changedPaths(drift.change).filter((path) => planned.has(path));
  return paths.length > 0
    ? [`# changed outside of Terraform, which this plan undoes: ${name(paths.join(', '))}`]
    : [];
}

const changedPaths = (change: PlannedResource['change']) =>
  attributeChanges(change).flatMap(({ changed, path }) => (changed ? [path] : []));
const name = (text: string) => visible(clipped(text, 200));
