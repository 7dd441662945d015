import { Refused } from '../../../contract/errors.ts';
import type { OrganisationId } from '../../../contract/ids.ts';
import { countRequests, type Metrics } from '../../metrics.ts';
import { createYielding } from '../../work/yield-to-requests.ts';

/** The exports that this process is sending. */
export interface Exports {
  /** Takes one of an organisation's places, until the returned function is called. Throws Refused('exports_busy'). */
  begin(organisationId: OrganisationId): () => void;
  /** Runs the reading of a portion. While buyers need the thread, it waits before, as mails do. */
  read<R>(portion: () => Promise<R>): Promise<R>;
  /** Aborted when the process stops: the exports end then, unfinished. */
  readonly stopping: AbortSignal;
  stop(): void;
}

/** How many exports of one organisation a process sends at once. */
const atOnce = 2;

export function createExports({ metrics }: { metrics: Metrics }): Exports {
  const running = new Map<OrganisationId, number>();
  const stopping = new AbortController();
  const yielding = createYielding(stopping.signal, () => countRequests(metrics));
  return {
    begin(organisationId) {
      const count = running.get(organisationId) ?? 0;
      if (count >= atOnce) throw new Refused('exports_busy');
      running.set(organisationId, count + 1);
      let released = false;
      return () => {
        if (released) return;
        released = true;
        const left = (running.get(organisationId) ?? 1) - 1;
        if (left === 0) running.delete(organisationId);
        else running.set(organisationId, left);
      };
    },
    async read(portion) {
      await yielding.mayStart();
      return yielding.run(portion);
    },
    stopping: stopping.signal,
    stop: () => stopping.abort(),
  };
}
