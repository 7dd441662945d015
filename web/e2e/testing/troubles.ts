import type { BrowserContext, Request, Response } from 'playwright-core';

/** A refusal that a test provokes. */
export interface Expected {
  status: number;
  /** Part of the path of the request. */
  path: string;
}

export interface Watch {
  expects(refusal: Expected): void;
  /** Everything that went wrong, and each expected refusal that never came. */
  troubles(): string[];
}

/** Watches every page of a context: errors on the console, failed requests, and what the content policy stopped. */
export function watchPage(context: BrowserContext): Watch {
  const seen: string[] = [];
  const expected: (Expected & { came: boolean })[] = [];
  const isExpected = (status: number, url: string) => {
    const found = expected.find(
      (refusal) => !refusal.came && refusal.status === status && url.includes(refusal.path),
    );
    if (found) found.came = true;
    return found !== undefined;
  };
  context.on('weberror', (error) => seen.push(`uncaught: ${error.error().stack}`));
  context.on('console', (message) => {
    const text = message.text();
    // Each answer with an error status is also written to the console; it is judged as a response.
    if (message.type() === 'error' && !text.startsWith('Failed to load resource'))
      seen.push(`console at ${message.page()?.url()}: ${text}`);
  });
  context.on('response', (response: Response) => {
    // A page that the service worker asked for early: the same answer comes once more as the page's own.
    if ('service-worker-navigation-preload' in response.request().headers()) return;
    if (response.status() >= 400 && !isExpected(response.status(), response.url()))
      seen.push(`${response.status()} for ${response.request().method()} ${response.url()}`);
  });
  context.on('requestfailed', (request: Request) => {
    // What the service worker asked for a page that has gone fails by another name; what stays of a failure is the
    // page's own request, which is judged here too.
    if (request.serviceWorker()) return;
    const reason = request.failure()?.errorText ?? '';
    // What the page itself called off, because somebody went on to another one, or what the test's flight mode did.
    if (reason !== 'net::ERR_ABORTED' && reason !== 'net::ERR_INTERNET_DISCONNECTED')
      seen.push(`${reason} for ${request.method()} ${request.url()}`);
  });
  return {
    expects: (refusal) => expected.push({ ...refusal, came: false }),
    troubles: () => [
      ...seen,
      ...expected
        .filter(({ came }) => !came)
        .map(({ status, path }) => `${status} for ${path} was expected and never came`),
    ],
  };
}
