import { useEffect, useState } from 'react';

/** The only place on the web that reads the device's clocks. In milliseconds since 1970. */
export const nowMs = (): number => Date.now();

/** Milliseconds since the page was opened. Unlike the device's clock it never jumps, but it may stand still in sleep. */
export const steadyMs = (): number => performance.now();

/** The device's time, updated at this interval while the component is shown. */
export function useNowMs(everyMs: number): number {
  const [now, setNow] = useState(nowMs);
  useEffect(() => {
    const timer = setInterval(() => setNow(nowMs()), everyMs);
    return () => clearInterval(timer);
  }, [everyMs]);
  return now;
}
