/** One operation as its client saw it. All times are of one clock. Without an answer the end is Infinity. */
export interface Operation<Input, Output> {
  client: number;
  calledAt: number;
  answeredAt: number;
  input: Input;
  /** Null if no answer came: the operation may have happened at any time since, or never. */
  output: Output | null;
}

/** The specification of a single, serial object. */
export interface Specification<State, Input, Output> {
  initial: State;
  /** The state after the operation, or undefined if this output was impossible. A null output means any output. */
  apply(state: State, input: Input, output: Output | null): State | undefined;
  /** Equal states give equal texts. */
  nameOf(state: State): string;
}

/**
 * Whether a concurrent history has a valid serial order: each operation takes effect at one instant between its call and
 * its answer. This is Wing and Gong's search, which tries every operation that may come first, with Lowe's memoisation: it
 * does not try the same set of operations with the same state again. Returns an order that explains the history, or null.
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
    // An operation without an answer need not have happened.
    if ((done & answered) === answered) return true;
    const place = `${done.toString(36)} ${nameOf(state)}`;
    if (tried.has(place)) return false;
    tried.add(place);
    // An operation that was called after another's answer can't come before it.
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
