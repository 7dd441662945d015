import { readFile } from 'node:fs/promises';
import type { FastifyInstance, FastifyReply } from 'fastify';
import type { App } from '../app.ts';
import { readSitesOfEvent } from '../features/branding/sites-of-event.ts';
import { notFoundHead, privateHead } from './addresses.ts';
import { sendPage, shellOf } from './shell.ts';

/**
 * The pages of a widget's frame: the app below `/embed/{event}`, and the only pages that another site may show (docs/widget.md). Each
 * address names the event, so each has the rule of its organisation.
 */
export async function embedRoutes(http: FastifyInstance, app: App, index: URL): Promise<void> {
  const html = await readFile(index, 'utf8');
  const first = '<script src="/first-paint.js"';
  if (!html.includes(first)) throw new Error(`index.html must have ${first}: embed.js runs before it`);
  const own = '<link rel="stylesheet" href="/embed.css"><script src="/embed.js"></script>';
  const makePage = shellOf(html.replace(first, own + first), { demo: null });
  const page = makePage(privateHead);
  const notFound = makePage(notFoundHead);
  http.get<{ Params: { event: string } }>('/embed/:event/*', async (request, reply) => {
    const sites = await readSitesOfEvent(app, request.params.event);
    allowFrames(reply, sites ?? []);
    return sites ? sendPage(request, reply, page) : sendPage(request, reply, notFound, 404);
  });
}

/** Without sites, any site may show the page. The shop's own pages always may: the desk shows a preview. */
function allowFrames(reply: FastifyReply, sites: string[]): void {
  const policy = reply.server.securityHeaders.page['content-security-policy'] as string;
  const ancestors = sites.length > 0 ? ["'self'", ...sites].join(' ') : '*';
  reply.removeHeader('x-frame-options');
  reply.headers({
    'content-security-policy': policy.replace("frame-ancestors 'none'", `frame-ancestors ${ancestors}`),
    // For hosts that demand it of all that they show (COEP).
    'cross-origin-resource-policy': 'cross-origin',
  });
}
