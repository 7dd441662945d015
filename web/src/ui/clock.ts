import { useEffect, useState } from 'react';

/** The only place on the web that reads the device's clock, in milliseconds since 1970. */
export const nowMs = (): number => Date.now();

/** The device's time, updated at this interval while the component is shown. */
export function useNowMs(everyMs: number): number {
  const [now, setNow] = useState(nowMs);
  useEffect(() => {
    const timer = setInterval(() => setNow(nowMs()), everyMs);
    return () => clearInterval(timer);
  }, [everyMs]);
  return now;
}
