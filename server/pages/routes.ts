import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import compress from '@fastify/compress';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { Refused } from '../../contract/errors.ts';
import { paths } from '../../web/src/paths.ts';
import type { App } from '../app.ts';
import { isDatabaseUnavailable } from '../data/database-trouble.ts';
import { sendError } from '../http/send-error.ts';
import { StartError } from '../start-error.ts';
import { isPage, notFoundHead, privateHead, publicHeads, robots } from './addresses.ts';
import { embedRoutes } from './embed-pages.ts';
import { buyPath, eventPath } from './event-head.ts';
import { createEventPages } from './event-pages.ts';
import { createFrontPage } from './front-page.ts';
import { escapeHtml } from './head.ts';
import { createOrganiserPages } from './organiser-pages.ts';
import { plainRoutes } from './plain/routes.ts';
import { createSeriesPages } from './series-pages.ts';
import { type Demo, type Page, readLinks, readShell, sendPage } from './shell.ts';
import { createSitemap } from './sitemap.ts';

export interface PagesOptions {
  /** The folder of the built web app. It may be missing, for example if Vite serves the sources. */
  dist?: URL;
  eventsPerSitemap?: number;
  /** Whether the mailbox can be read and the demo exists: the front page then says what to try. */
  demo: Demo;
}

const built = new URL('../../web/dist/', import.meta.url);

/** Serves the built web app, each page with its own head, and the files for search engines. */
export async function pagesRoutes(http: FastifyInstance, app: App, options: PagesOptions): Promise<void> {
  const { dist = built, demo, eventsPerSitemap } = options;
  searchEngineRoutes(http, app, eventsPerSitemap);
  if (existsSync(dist)) {
    const shell = new URL('index.html', dist);
    if (!existsSync(shell))
      throw new StartError(
        `${fileURLToPath(dist)} has no index.html: the web app was not built to its end. Run \`npm run build\`.`,
      );
    await fileRoutes(http, dist);
    await pageRoutes(http, app, shell, demo);
    await embedRoutes(http, app, shell);
  } else {
    http.setNotFoundHandler((request, reply) => sendError(app, new Refused('not_found'), request, reply));
  }
}

function searchEngineRoutes(http: FastifyInstance, app: App, eventsPerSitemap?: number): void {
  const sitemap = createSitemap(app, eventsPerSitemap);
  http.get('/robots.txt', (_request, reply) =>
    reply
      .header('cache-control', 'public, max-age=3600')
      .type('text/plain; charset=utf-8')
      .send(robots(app.config.publicUrl)),
  );
  const sendSitemap = async (file: number, reply: FastifyReply) => {
    const xml = await sitemap(file);
    if (xml === null) throw new Refused('not_found');
    reply.header('cache-control', 'public, max-age=600').type('application/xml; charset=utf-8');
    return reply.send(xml);
  };
  http.get('/sitemap.xml', (_request, reply) => sendSitemap(0, reply));
  http.get<{ Params: { file: string } }>('/sitemap-:file(^[1-9]\\d{0,5}$).xml', (request, reply) =>
    sendSitemap(Number(request.params.file), reply),
  );
}

/** The security headers that matter for a file, which is not a page. */
const fileHeaders = ['x-content-type-options', 'cross-origin-resource-policy'];

/** Useless for files that browsers cache for ever and never request again. */
const ofNoUseForEver = ['etag', 'last-modified', 'accept-ranges'];

/** Serves the app's files, compressed at build time. Files with a hash in their name may be cached for ever. */
async function fileRoutes(http: FastifyInstance, dist: URL): Promise<void> {
  const pageOnly = Object.keys(http.securityHeaders.page).filter((name) => !fileHeaders.includes(name));
  await http.register(async (files) => {
    await files.register(compress, { encodings: ['br', 'gzip'] });
    await files.register(fastifyStatic, {
      root: fileURLToPath(dist),
      index: false,
      preCompressed: true,
      setHeaders: (reply, path) => {
        const hashed = path.includes('/assets/');
        reply.header(
          'cache-control',
          hashed ? 'public, max-age=31536000, immutable' : 'public, max-age=3600',
        );
        const needless = hashed
          ? [...pageOnly, ...ofNoUseForEver]
          : /(first-paint|widget|embed)\.js/.test(path)
            ? pageOnly
            : [];
        for (const name of needless) reply.removeHeader(name);
        // Pages of other sites load it (docs/widget.md).
        if (path.includes('widget.js'))
          reply.headers({
            'cross-origin-resource-policy': 'cross-origin',
            'access-control-allow-origin': '*',
          });
      },
    });
  });
}

/** Answers every address that is neither the API's nor a file's with the app, which decides what to show. */
async function pageRoutes(http: FastifyInstance, app: App, index: URL, demo: Demo): Promise<void> {
  const makePage = await readShell(index, { demo });
  for (const [path, head] of publicHeads(app.config.publicUrl)) {
    const plain = makePage({ ...head, preloads: [] });
    const page = path === paths.explore ? createFrontPage(app, { makePage, head, demo }) : () => plain;
    // What a search will show is not known yet.
    http.get(path, async (request, reply) =>
      sendPage(request, reply, request.url.includes('?') ? plain : await page()),
    );
  }
  const privatePage = makePage(privateHead);
  const notFoundPage = makePage(notFoundHead);
  const eventPage = createEventPages(app, makePage);
  const found: [path: string, pageOf: (slug: string, series: string) => Promise<Page | null>][] = [
    ['/e/:slug', (slug) => eventPage(slug, false)],
    ['/e/:slug/seats', (slug) => eventPage(slug, true)],
    ['/o/:slug', createOrganiserPages(app, makePage)],
    ['/o/:slug/:series', createSeriesPages(app, makePage)],
  ];
  for (const [path, pageOf] of found) {
    type Asked = { Params: { slug: string; series: string }; Querystring: { code?: unknown } };
    http.get<Asked>(path, async (request, reply) => {
      const { code } = request.query;
      if (typeof code === 'string' && code !== '' && path.startsWith('/e/'))
        return sendToCode(request.params.slug, code, reply);
      const page = await pageOf(request.params.slug, request.params.series).catch((error: Error) => {
        const level = isDatabaseUnavailable(error) ? 'warn' : 'error';
        app.log[level]({ requestId: request.id, err: error }, 'a page was answered without what it shows');
        return privatePage;
      });
      // The app then shows the error and retries.
      if (page === privatePage) return sendPage(request, reply.header('retry-after', '1'), page, 503);
      return page ? sendPage(request, reply, page) : sendPage(request, reply, notFoundPage, 404);
    });
  }
  http.get<{ Params: { slug: string } }>('/e/:slug/code', (request, reply) => {
    const content = withoutProgram(
      request.params.slug,
      new URL(request.url, 'http://localhost').searchParams.get('code'),
    );
    reply.headers({ 'referrer-policy': 'no-referrer', 'cache-control': 'private, no-store' });
    return sendPage(request, reply, makePage({ ...privateHead, content }));
  });
  await plainRoutes(http, app, {
    head: await readLinks(index),
    showCard: (content, request, reply) => sendPage(request, reply, makePage({ ...privateHead, content })),
  });
  http.setNotFoundHandler((request, reply) => {
    const path = pagePath(request);
    if (path === null) return sendError(app, new Refused('not_found'), request, reply);
    return isPage(path) ? sendPage(request, reply, privatePage) : sendPage(request, reply, notFoundPage, 404);
  });
}

/**
 * Leads a link that carries a code to the page of codes, which takes the code out of the address. So the pages of events stay the
 * same for everybody, and no page that a proxy may cache knows a code.
 */
const sendToCode = (slug: string, code: string, reply: FastifyReply): FastifyReply =>
  reply
    .headers({ 'referrer-policy': 'no-referrer', 'cache-control': 'private, no-store' })
    .redirect(`${eventPath(slug)}/code?${new URLSearchParams({ code })}`, 303);

/** The way for browsers without JavaScript: the page where they choose tickets, with the code. */
const withoutProgram = (slug: string, code: string | null): string =>
  `<p><a href="${escapeHtml(`${buyPath(slug)}${code ? `?${new URLSearchParams({ code })}` : ''}`)}">${escapeHtml(code ?? slug)}</a></p>`;

/** The path of an address that a person may have opened; null for the API's and for file names. */
function pagePath({ method, url }: FastifyRequest): string | null {
  const [path = ''] = url.split('?');
  const isRead = method === 'GET' || method === 'HEAD';
  if (!isRead || path.startsWith('/api/') || /\.\w+$/.test(path)) return null;
  return path.length > 1 ? path.replace(/\/$/, '') : path;
}
