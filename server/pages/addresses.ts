import { paths } from '../../web/src/paths.ts';
import type { Head } from './head.ts';

/** Pages that anyone may come upon, with what their heads say. Events and organisers have heads of their own. */
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
/** Of pages that belong to one person, and of those that are not there. */
export const privateHead: Head = { title: 'Admit', description, canonical: null };
export const notFoundHead: Head = { title: 'Not found', description, canonical: null };

/** What the front page asks for first, as long as nothing is searched for (web/src/features/explore/queries.ts). */
const asksFirst: Record<string, Head['preloads']> = {
  [paths.explore]: [
    { href: '/api/events?limit=24', as: 'fetch' },
    { href: '/api/trending-events?limit=8', as: 'fetch' },
  ],
};

/** The heads of the public pages that are no event's, by path. */
export const publicHeads = (publicUrl: string): [path: string, head: Head][] =>
  Object.entries(found).map(([path, head]) => [
    path,
    { ...head, canonical: `${publicUrl}${path}`, preloads: asksFirst[path] ?? [] },
  ]);

/** Whether the app has such a page. */
export const isPage = (path: string): boolean => patterns.some((pattern) => pattern.test(path));

const patterns = Object.values(paths).map((path) => new RegExp(`^${path.replaceAll(/\$\w+/g, '[^/]+')}$`));

/**
 * What search engines need not read: pages that belong to somebody. They may read what the public pages ask
 * for, or they would see them empty.
 */
export const robots = (publicUrl: string): string => `User-agent: *
Allow: /api/events
Allow: /api/organisers
Disallow: /api/
Disallow: /socket.io/
${privateBeginnings.map((path) => `Disallow: ${path}`).join('\n')}

Sitemap: ${publicUrl}/sitemap.xml
`;

const publicBeginnings = [paths.explore, '/e', '/o', ...Object.keys(found)];
const privateBeginnings = [...new Set(Object.values(paths).map((path) => `/${path.split('/')[1]}`))].filter(
  (path) => !publicBeginnings.includes(path),
);
