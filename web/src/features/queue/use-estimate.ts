import { useEffect, useState } from 'react';
import type { Queue } from '../../../../contract/waiting-room.ts';
import { useNowMs } from '../../ui/clock.ts';
import { type Estimate, estimateAfter, nothingTold } from './estimate.ts';

/** What to tell about the wait, given all that was told on this page before. */
export function useEstimate(queue: Queue, ahead: number): Estimate & { nowMs: number } {
  const nowMs = useNowMs(5000);
  const [estimate, setEstimate] = useState(() => estimateAfter(nothingTold, queue, ahead, nowMs));
  // biome-ignore lint/correctness/useExhaustiveDependencies: the time alone is no news
  useEffect(() => setEstimate((before) => estimateAfter(before, queue, ahead, nowMs)), [queue, ahead]);
  return { ...estimate, nowMs };
}

/** The most people that were ahead, for the progress. It survives a reload if this browser keeps things. */
export function useMostAhead(entryId: string, ahead: number): number {
  const key = `admit.queue.ahead.${entryId}`;
  const [most] = useState(() => {
    const kept = Number(read(key)) || 0;
    if (ahead > kept) write(key, ahead);
    return Math.max(kept, ahead);
  });
  return Math.max(most, ahead);
}

function read(key: string): string | null {
  try {
    return sessionStorage.getItem(key);
  } catch {
    return null;
  }
}

function write(key: string, ahead: number): void {
  try {
    sessionStorage.setItem(key, String(ahead));
  } catch {
    // If storage is forbidden, the progress begins anew after a reload.
  }
}
