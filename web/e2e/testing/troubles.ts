import type { BrowserContext, Request, Response } from 'playwright-core';

/** A refusal that a test provokes. */
export interface Expected {
  status: number;
  /** A part of the request's path. */
  path: string;
  /** It may come again and again, because an open page asks by itself. */
  often?: boolean;
}

interface Watch {
  expects(refusal: Expected): void;
  /** Everything that went wrong, and each expected refusal that did not occur. */
  troubles(): string[];
}

/**
 * Watches every page of a context: console errors, failed requests, and violations of the content policy. `withoutScripts`:
 * the browser has JavaScript switched off, so it refuses the scripts of a page.
 */
export function watchPage(context: BrowserContext, { withoutScripts = false } = {}): Watch {
  const seen: string[] = [];
  const expected: (Expected & { came: boolean })[] = [];
  const isExpected = (status: number, url: string) => {
    const found = expected.find(
      (refusal) =>
        (refusal.often || !refusal.came) && refusal.status === status && url.includes(refusal.path),
    );
    if (found) found.came = true;
    return found !== undefined;
  };
  context.on('weberror', (error) => seen.push(`uncaught: ${error.error().stack}`));
  context.on('console', (message) => {
    const text = message.text();
    // Each response with an error status is also logged to the console. The response is checked instead.
    if (message.type() === 'error' && !text.startsWith('Failed to load resource'))
      seen.push(`console at ${message.page()?.url()}: ${text}`);
  });
  context.on('response', (response: Response) => {
    // A page that the service worker preloaded: the same response appears again as the page's own.
    if ('service-worker-navigation-preload' in response.request().headers()) return;
    if (response.status() >= 400 && !isExpected(response.status(), response.url()))
      seen.push(`${response.status()} for ${response.request().method()} ${response.url()}`);
  });
  context.on('requestfailed', (request: Request) => {
    // A request of the service worker for a closed page fails with another error. The page's own request is checked
    // here too.
    if (request.serviceWorker()) return;
    const reason = request.failure()?.errorText ?? '';
    // Requests that the page cancelled because the person moved on, or that the test's flight mode cut off.
    if (withoutScripts && reason === 'csp' && request.resourceType() === 'script') return;
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
