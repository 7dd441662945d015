import { useEffect, useRef } from 'react';

/** How often to ask about a payment whose answer was lost, in milliseconds. */
const everyMs = 2_000;

/**
 * While `lost`, the connection broke during a payment, so nobody here knows its result. This asks until there is an
 * answer, and passes it to `settle`.
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
