/** What decides when something may start. */
export interface Ordered<Node> {
  readonly name: string;
  /** Have to end well before; chosen with it. */
  readonly needs: readonly Node[];
  /** End before, if they were chosen too. What they wait for ends before in any case. */
  readonly after?: readonly Node[];
  /** Chosen with this one; starts when everything that needs it has ended. */
  readonly concludes?: Node;
}

export class UnknownName extends Error {}

/**
 * Chooses by name, with everything that the chosen ones need.
 * @param names all if there are none
 * @returns in the order of `all`
 * @throws UnknownName if there is nothing of that name
 */
export function select<Node extends Ordered<Node>>(
  all: readonly Node[],
  names: readonly string[],
): readonly Node[] {
  const chosen = new Set<Node>();
  const choose = (node: Node) => {
    if (chosen.has(node)) return;
    chosen.add(node);
    node.needs.forEach(choose);
  };
  for (const name of names) {
    const node = all.find((each) => each.name === name);
    if (!node) throw new UnknownName(`There is no scenario "${name}".`);
    choose(node);
  }
  if (names.length === 0) all.forEach(choose);
  for (const node of all) if (node.concludes && chosen.has(node.concludes)) choose(node);
  return all.filter((node) => chosen.has(node));
}

/** @returns for each of the chosen ones, which of the others have to end before it starts */
export function prerequisites<Node extends Ordered<Node>>(
  chosen: readonly Node[],
): ReadonlyMap<Node, ReadonlySet<Node>> {
  const users = (concluded: Node, itself: Node) =>
    chosen.filter((node) => node !== itself && needsSomehow(node, concluded));
  /** A node that was not chosen still orders those that it is between. */
  const chosenBefore = (node: Node): readonly Node[] =>
    [...node.needs, ...(node.after ?? [])].flatMap((each) =>
      chosen.includes(each) ? [each] : chosenBefore(each),
    );
  return new Map(
    chosen.map((node) => {
      const concluded = node.concludes ? [node.concludes, ...users(node.concludes, node)] : [];
      return [
        node,
        new Set([...chosenBefore(node), ...concluded.filter((each) => chosen.includes(each))]),
      ];
    }),
  );
}

function needsSomehow<Node extends Ordered<Node>>(node: Node, wanted: Node): boolean {
  return node.needs.some((need) => need === wanted || needsSomehow(need, wanted));
}
