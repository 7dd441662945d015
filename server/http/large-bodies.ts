import type { ServerResponse } from 'node:http';
import { Refused } from '../../contract/errors.ts';
import { largeBodyBytes } from '../../contract/operation.ts';
import type { App } from '../app.ts';
import { refuseOver } from './rate-limits.ts';

/**
 * Large bodies that may be in work at once, in bytes as their senders announce them. 4 MiB of JSON are about 30 MiB
 * while they are parsed and checked, so that 16 MiB are at most some 120 MiB of memory.
 */
const mostBytesPerCaller = 4 * 1024 * 1024;
const mostBytesInAll = 16 * 1024 * 1024;
const perMinute = 30;

export interface LargeBodies {
  /**
   * Admits the body of a request, before it is read, until its answer is sent or its connection is gone. Does nothing for
   * a body that is announced as a small one. Throws Refused('rate_limited' | 'large_request_pending' |
   * 'large_requests_busy'), or returns a promise of it where the rate limit's counters are kept elsewhere.
   */
  admit(
    caller: string,
    request: Announced,
    response: Pick<ServerResponse, 'once'>,
  ): undefined | Promise<void>;
}

/** How many bytes a request says that it brings. */
interface Announced {
  contentLength: string | undefined;
  /** Sent in pieces, without a length. */
  chunked: boolean;
  /** The most that the operation takes. */
  limit: number;
}

export function createLargeBodies({ rateLimits, metrics }: Pick<App, 'rateLimits' | 'metrics'>): LargeBodies {
  const bytesOf = new Map<string, number>();
  let inAll = 0;
  const limit = rateLimits.open('large bodies', { max: perMinute, seconds: 60 });
  return {
    admit(caller, announced, response) {
      const bytes = announcedBytes(announced);
      if (bytes <= largeBodyBytes) return undefined;
      const theirs = bytesOf.get(caller) ?? 0;
      if (theirs > 0 && theirs + bytes > mostBytesPerCaller)
        throw new Refused('large_request_pending', { retryAfterSeconds: 2 });
      if (inAll > 0 && inAll + bytes > mostBytesInAll)
        throw new Refused('large_requests_busy', { retryAfterSeconds: 2 });
      inAll += bytes;
      metrics.largeBodyBytes.set(inAll);
      bytesOf.set(caller, theirs + bytes);
      // After the answer as well as after a connection that broke.
      response.once('close', () => {
        inAll -= bytes;
        metrics.largeBodyBytes.set(inAll);
        const left = (bytesOf.get(caller) ?? 0) - bytes;
        if (left > 0) bytesOf.set(caller, left);
        else bytesOf.delete(caller);
      });
      // Room was made first, because the limit may answer later. The refusal's own answer gives it back.
      return refuseOver(limit(caller));
    },
  };
}

/** A body without a length counts as the largest that the operation takes; one that is too long is never read. */
function announcedBytes({ contentLength, chunked, limit }: Announced): number {
  const length = contentLength === undefined ? (chunked ? limit : 0) : Number(contentLength);
  return length > limit ? 0 : length;
}
