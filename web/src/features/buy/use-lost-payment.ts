import { useEffect, useRef } from 'react';

/** How often a payment whose answer was lost is asked about, milliseconds. */
const everyMs = 2_000;

/**
 * While `lost`: the connection broke when a payment was under way, so nobody here knows what became of it. Asks
 * until there is an answer, and hands it to `settle`.
 */
export function useLostPayment<Answer>(
  lost: boolean,
  ask: () => Promise<Answer>,
  settle: (answer: Answer) => void,
): void {
  const latest = useRef({ ask, settle });
  latest.current = { ask, settle };
  useEffect(() => {
    if (!lost) return;
    let timer: ReturnType<typeof setTimeout> | undefined;
    let over = false;
    const again = async () => {
      try {
        const answer = await latest.current.ask();
        if (!over) latest.current.settle(answer);
      } catch {
        if (!over) timer = setTimeout(again, everyMs);
      }
    };
    void again();
    return () => {
      over = true;
      clearTimeout(timer);
    };
  }, [lost]);
}
