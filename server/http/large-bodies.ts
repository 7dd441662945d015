import type { ServerResponse } from 'node:http';
import { Refused } from '../../contract/errors.ts';
import { largeBodyBytes } from '../../contract/operation.ts';
import type { App } from '../app.ts';
import { refuseOver } from './rate-limits.ts';

/**
 * Limits the large bodies in work at once, in bytes as clients announce them. 4 MiB of JSON take about 30 MiB while
 * they are parsed and checked, so 16 MiB take at most about 120 MiB of memory.
 */
const mostBytesPerCaller = 4 * 1024 * 1024;
const mostBytesInAll = 16 * 1024 * 1024;
const perMinute = 30;

export interface LargeBodies {
  /**
   * Admits a request's body before it is read, until its answer is sent or its connection is lost. It does nothing
   * for a body that is announced as small. Throws Refused('rate_limited' | 'large_request_pending' |
   * 'large_requests_busy'), or returns a promise of it if the rate limit's counters are stored outside the process.
   */
  admit(
    caller: string,
    request: Announced,
    response: Pick<ServerResponse, 'once'>,
  ): undefined | Promise<void>;
}

/** The body size that a request announces. */
interface Announced {
  contentLength: string | undefined;
  /** True for a chunked body, which has no announced length. */
  chunked: boolean;
  /** The operation's limit. */
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
      // The response closes after the answer, and also when the connection breaks.
      response.once('close', () => {
        inAll -= bytes;
        metrics.largeBodyBytes.set(inAll);
        const left = (bytesOf.get(caller) ?? 0) - bytes;
        if (left > 0) bytesOf.set(caller, left);
        else bytesOf.delete(caller);
      });
      // The room was reserved first, because the limit may answer later. When the refusal is sent, the room is free
      // again.
      return refuseOver(limit(caller));
    },
  };
}

/** A body without a length counts as the largest that the operation allows. A body that is too long is never read. */
function announcedBytes({ contentLength, chunked, limit }: Announced): number {
  const length = contentLength === undefined ? (chunked ? limit : 0) : Number(contentLength);
  return length > limit ? 0 : length;
}
