import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { FastifyInstance, LightMyRequestResponse } from 'fastify';
import { afterAll, beforeAll } from 'vitest';
import { createServer } from '../../http/server.ts';
import { createWorld, type World } from '../../testing/world.ts';

/** A world with a server that serves a simulated build: the real index.html and one file. */
interface Site {
  world: World;
  http: FastifyInstance;
  /** The folder of the app. */
  dist: URL;
  get(url: string, headers?: Record<string, string>): Promise<LightMyRequestResponse>;
}

/** Opens a site before the tests of a file and closes it after them. */
export function setUpSite(): Site {
  let site: Awaited<ReturnType<typeof openSite>>;
  beforeAll(async () => {
    site = await openSite();
  });
  afterAll(() => site.close());
  return {
    get world() {
      return site.world;
    },
    get http() {
      return site.http;
    },
    get dist() {
      return site.dist;
    },
    get: (...request) => site.get(...request),
  };
}

async function openSite(): Promise<Site & { close(): Promise<void> }> {
  const folder = mkdtempSync(join(tmpdir(), 'admit-pages-'));
  writeFileSync(
    join(folder, 'index.html'),
    readFileSync(new URL('../../../web/index.html', import.meta.url)),
  );
  mkdirSync(join(folder, 'assets'));
  writeFileSync(join(folder, 'assets/index-abc123.js'), 'export {};');
  const dist = pathToFileURL(`${folder}/`);
  const world = await createWorld();
  const http = await createServer(world.app, { dist, eventsPerSitemap: 3 });
  return {
    world,
    http,
    dist,
    get: (url, headers = {}) => http.inject({ url, headers: { 'accept-encoding': 'identity', ...headers } }),
    async close() {
      await http.close();
      await world.close();
      rmSync(folder, { recursive: true });
    },
  };
}

const unescaped = (text: string): string =>
  text
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&amp;', '&');

/** What a reader without JavaScript finds in a head. */
export function readHead(html: string) {
  const metas = [...html.matchAll(/<meta (?:name|property)="([^"]+)" content="([^"]*)">/g)];
  const data = /<script type="application\/ld\+json">(.*?)<\/script>/s.exec(html)?.[1];
  return {
    title: unescaped(/<title>(.*?)<\/title>/s.exec(html)?.[1] ?? ''),
    canonical: /<link rel="canonical" href="([^"]+)">/.exec(html)?.[1],
    meta: Object.fromEntries(metas.map(([, name, content]) => [name, unescaped(content ?? '')])),
    data: data && JSON.parse(data),
    preloads: [...html.matchAll(/<link rel="preload" as="(?:fetch|image)" href="([^"]+)"/g)].map(([, href]) =>
      unescaped(href ?? ''),
    ),
  };
}
