/** One operation as its client saw it. Times are of one clock; what was never answered ended at Infinity. */
export interface Operation<Input, Output> {
  client: number;
  calledAt: number;
  answeredAt: number;
  input: Input;
  /** Null where no answer came: it may have happened at any time since, or never. */
  output: Output | null;
}

/** What a single, serial thing of this kind does. */
export interface Specification<State, Input, Output> {
  initial: State;
  /** The state after the operation, or undefined where it can't have had this output then; null is any output. */
  apply(state: State, input: Input, output: Output | null): State | undefined;
  /** The same text for the same state. */
  nameOf(state: State): string;
}

/**
 * Whether a concurrent history could have been a serial one: each operation at one instant between its call and
 * its answer. Wing and Gong's search, which tries every operation that may come first, with Lowe's memory: the
 * same operations done with the same state are not tried again. Answers an order that explains the history, or
 * null where there is none.
 */
export function linearize<State, Input, Output>(
  history: Operation<Input, Output>[],
  specification: Specification<State, Input, Output>,
): Operation<Input, Output>[] | null {
  const { apply, nameOf } = specification;
  const operations = history.toSorted((a, b) => a.calledAt - b.calledAt);
  const answered = operations.reduce(
    (bits, { output }, i) => (output === null ? bits : bits | (1n << BigInt(i))),
    0n,
  );
  const tried = new Set<string>();
  const order: Operation<Input, Output>[] = [];

  function search(state: State, done: bigint): boolean {
    // What nobody was answered need not have happened.
    if ((done & answered) === answered) return true;
    const place = `${done.toString(36)} ${nameOf(state)}`;
    if (tried.has(place)) return false;
    tried.add(place);
    // What was called only after another's answer can't come before that other.
    let firstAnswer = Number.POSITIVE_INFINITY;
    for (const [i, operation] of operations.entries()) {
      if (done & (1n << BigInt(i))) continue;
      if (operation.calledAt > firstAnswer) break;
      firstAnswer = Math.min(firstAnswer, operation.answeredAt);
    }
    for (const [i, operation] of operations.entries()) {
      if (operation.calledAt > firstAnswer) break;
      if (done & (1n << BigInt(i))) continue;
      const next = apply(state, operation.input, operation.output);
      if (next === undefined) continue;
      order.push(operation);
      if (search(next, done | (1n << BigInt(i)))) return true;
      order.pop();
    }
    return false;
  }

  return search(specification.initial, 0n) ? order : null;
}
