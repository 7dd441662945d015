import { paths } from '../../web/src/paths.ts';
import type { Head } from './head.ts';

/** Public pages with the texts of their heads. Events and organisers have their own heads. */
const found: Record<string, { title: string; description: string }> = {
  [paths.explore]: {
    title: 'Events and tickets',
    description: 'Find an event, choose your seat, pay in under a minute and hold the ticket on your phone.',
  },
  [paths.signIn]: { title: 'Sign in', description: 'Sign in to see your tickets and orders.' },
  [paths.signUp]: {
    title: 'Create an account',
    description: 'Keep your tickets and orders in one place, on every device.',
  },
};

const description = 'Tickets for events near you.';
/** For pages of one person, and for pages that do not exist. */
export const privateHead: Head = { title: 'Admit', description, canonical: null };
export const notFoundHead: Head = { title: 'Not found', description, canonical: null };

/** What the front page requests first without a search (web/src/features/explore/queries.ts). */
const asksFirst: Record<string, Head['preloads']> = {
  [paths.explore]: [
    { href: '/api/events?limit=24', as: 'fetch' },
    { href: '/api/trending-events?limit=8', as: 'fetch' },
  ],
};

/** The heads of public pages other than events and organisers, by path. */
export const publicHeads = (publicUrl: string): [path: string, head: Head][] =>
  Object.entries(found).map(([path, head]) => [
    path,
    { ...head, canonical: `${publicUrl}${path}`, preloads: asksFirst[path] ?? [] },
  ]);

/** Whether the app has such a page. */
export const isPage = (path: string): boolean => patterns.some((pattern) => pattern.test(path));

const patterns = Object.values(paths).map((path) => new RegExp(`^${path.replaceAll(/\$\w+/g, '[^/]+')}$`));

/**
 * Excludes pages of one person from search engines. They may fetch what the public pages request, because otherwise
 * they would see those pages empty.
 */
export const robots = (publicUrl: string): string => `User-agent: *
Allow: /api/events
Allow: /api/organisers
Disallow: /api/
Disallow: /socket.io/
Disallow: /buy
${privateBeginnings.map((path) => `Disallow: ${path}`).join('\n')}

Sitemap: ${publicUrl}/sitemap.xml
`;

const publicBeginnings = [paths.explore, '/e', '/o', ...Object.keys(found)];
const privateBeginnings = [...new Set(Object.values(paths).map((path) => `/${path.split('/')[1]}`))].filter(
  (path) => !publicBeginnings.includes(path),
);
