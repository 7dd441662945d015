import type { IncomingMessage, ServerResponse } from 'node:http';
import type { FastifyReply } from 'fastify';
import helmet from 'helmet';
import type { App } from '../app.ts';

export interface SecurityHeaders {
  /** For pages, files and documents that a browser shows. */
  page: Record<string, string>;
  /** For JSON, which no browser may show, frame or run anything in. */
  api: Record<string, string>;
}

/**
 * The headers that keep browsers safe. Helmet composes them once, because they are the same on every answer.
 * Composing them for each answer took 8% of the server's time under load.
 */
export function securityHeaders(app: Pick<App, 'config' | 'payments'>): SecurityHeaders {
  const page = compose({ contentSecurityPolicy: contentPolicy(app), crossOriginEmbedderPolicy: false });
  const shared = [
    'strict-transport-security',
    'x-content-type-options',
    'referrer-policy',
    'cross-origin-resource-policy',
  ];
  return {
    page,
    api: {
      ...Object.fromEntries(shared.map((name) => [name, page[name] as string])),
      'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
    },
  };
}

/** Runs helmet on a fake response and returns the headers that it sets. */
function compose(options: Parameters<typeof helmet>[0]): Record<string, string> {
  const headers: Record<string, string> = {};
  const response = {
    setHeader: (name: string, value: string) => {
      headers[name.toLowerCase()] = value;
    },
    removeHeader: () => {},
  };
  helmet(options)({} as IncomingMessage, response as unknown as ServerResponse, () => {});
  return headers;
}

/**
 * Marks an answer with a cookie as private, because any answer may renew the caller's cookie and a shared cache must
 * not store it.
 */
export function keepCookiesPrivate(reply: FastifyReply): void {
  if (reply.hasHeader('set-cookie')) reply.header('cache-control', 'private, no-store');
}

/**
 * Allows no inline and no foreign scripts, so that an injected script does not run. With Stripe, its script is
 * allowed.
 */
function contentPolicy({ config, payments }: Pick<App, 'config' | 'payments'>) {
  const stripe = payments.name === 'stripe';
  return {
    directives: {
      defaultSrc: ["'self'"],
      // The camera scanner decodes with WebAssembly if the browser has no decoder of its own.
      scriptSrc: ["'self'", "'wasm-unsafe-eval'", ...(stripe ? ['https://js.stripe.com'] : [])],
      styleSrc: ["'self'"],
      imgSrc: ["'self'", 'data:', 'blob:', 'https:'],
      connectSrc: ["'self'", ...(stripe ? ['https://api.stripe.com'] : [])],
      frameSrc: ["'self'", ...(stripe ? ['https://js.stripe.com', 'https://hooks.stripe.com'] : [])],
      fontSrc: ["'self'"],
      objectSrc: ["'none'"],
      baseUri: ["'none'"],
      formAction: ["'self'"],
      frameAncestors: ["'none'"],
      upgradeInsecureRequests: config.publicUrl.startsWith('https:') ? [] : null,
    },
  };
}
