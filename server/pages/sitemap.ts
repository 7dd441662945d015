import type { App } from '../app.ts';
import {
  countPublicEvents,
  countPublicOrganisers,
  listPublicOrganisers,
  listPublicSlugs,
} from '../features/catalog/list-public-slugs.ts';
import { eventPath } from './event-head.ts';
import { escapeHtml } from './head.ts';
import { organiserPath } from './organiser-pages.ts';

/** A file may have 50,000 addresses (https://www.sitemaps.org/protocol.html). One is the front page's. */
const mostPerSitemap = 49_999;

const keptMs = 10 * 60_000;
/** Maximum number of files in memory, up to 5 MB each. */
const maxKept = 4;

/**
 * Creates the sitemap's files. Number 0 is `/sitemap.xml`, which is an index of the others if one file can't contain
 * all addresses. Null if there is no such file. Each file is cached for ten minutes and made once for all concurrent
 * requests.
 */
export function createSitemap(app: App, perFile = mostPerSitemap): (file: number) => Promise<string | null> {
  const kept = new Map<number, { untilMs: number; xml: Promise<string | null> }>();
  return (file) => {
    const nowMs = app.clock.now().getTime();
    const known = kept.get(file);
    if (known && known.untilMs > nowMs) return known.xml;
    const xml = makeFile(app, perFile, file);
    xml.catch(() => kept.delete(file));
    kept.delete(file);
    kept.set(file, { untilMs: nowMs + keptMs, xml });
    if (kept.size > maxKept) kept.delete(kept.keys().next().value as number);
    return xml;
  };
}

async function makeFile(app: App, perFile: number, file: number): Promise<string | null> {
  const { publicUrl } = app.config;
  const events = await countPublicEvents(app);
  const files = Math.ceil((events + (await countPublicOrganisers(app))) / perFile);
  if (file === 0 && files > 1) {
    const addresses = Array.from({ length: files }, (_, i) => `${publicUrl}/sitemap-${i + 1}.xml`);
    return toXml('sitemapindex', 'sitemap', addresses);
  }
  if (file > 0 && (files <= 1 || file > files)) return null;
  const paths = await listPaths(app, { events, limit: perFile, offset: Math.max(0, file - 1) * perFile });
  return toXml(
    'urlset',
    'url',
    [...(file <= 1 ? ['/'] : []), ...paths].map((path) => `${publicUrl}${path}`),
  );
}

/** First all events, then their organisers. */
async function listPaths(
  app: App,
  { events, limit, offset }: { events: number; limit: number; offset: number },
): Promise<string[]> {
  const slugs = await listPublicSlugs(app, limit, offset);
  const left = limit - slugs.length;
  const organisers = left > 0 ? await listPublicOrganisers(app, left, Math.max(0, offset - events)) : [];
  return [...slugs.map(eventPath), ...organisers.map(organiserPath)];
}

const toXml = (root: string, entry: string, addresses: string[]): string =>
  `<?xml version="1.0" encoding="UTF-8"?>
<${root} xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
${addresses.map((address) => `<${entry}><loc>${escapeHtml(address)}</loc></${entry}>`).join('\n')}
</${root}>
`;
