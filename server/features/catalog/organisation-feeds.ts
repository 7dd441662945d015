import { hash } from 'node:crypto';
import type { OrganisationId } from '../../../contract/ids.ts';
import { placeLine } from '../../../contract/place.ts';
import type { App } from '../../app.ts';
import type { Reads } from '../../data/db.ts';
import { type Call, Raw } from '../../http/bind.ts';
import { contentDisposition } from '../../http/content-disposition.ts';
import { namesETag } from '../../http/etags.ts';
import { calendarOfAll } from './calendar.ts';
import { getOrganiser } from './get-organiser.ts';

type FeedCall = Pick<Call<{ organisationId: string }>, 'params' | 'header'>;

/** More would take a subscriber's program too long, and a page of the organisation shows 24. */
const mostEvents = 200;
const keptSeconds = 300;

interface FeedRow {
  id: string;
  slug: string;
  status: 'published' | 'cancelled';
  version: number;
  title: string;
  summary: string;
  coverUrl: string | null;
  startsAt: Date;
  endsAt: Date;
  timeZone: string;
  venueName: string;
  address: string;
  city: string;
  publishedAt: Date;
}

const upcomingSql = `
  select id, slug, status, version, title, summary, cover_url as "coverUrl", starts_at as "startsAt", ends_at as "endsAt",
    time_zone as "timeZone", venue_name as "venueName", venue_address as address, city, published_at as "publishedAt"
  from events
  where organisation_id = $1 and published_at is not null and status in ('published', 'cancelled') and removed_at is null
    and ends_at > $2
  order by starts_at, id limit ${mostEvents}`;
const selectUpcoming = (db: Reads, organisationId: OrganisationId, now: Date): Promise<FeedRow[]> =>
  db.query<FeedRow>(upcomingSql, [organisationId, now]);

export async function getOrganisationCalendar(app: App, call: FeedCall): Promise<Raw> {
  const { name, slug, rows } = await readFeed(app, call);
  const { publicUrl, mail } = app.config;
  const events = rows.map((row) => {
    const url = addressOf(row, publicUrl);
    return {
      event: row,
      // Not the time of the request: the same events must be the same file.
      entry: { id: row.id, stamp: row.publishedAt, description: textOf(row, url), url, organizer: mail.from },
    };
  });
  return answer(call, calendarOfAll(name, events, publicUrl), {
    'content-type': 'text/calendar; charset=utf-8; method=PUBLISH',
    'content-disposition': contentDisposition('inline', `${slug}.ics`),
  });
}

export async function getOrganisationFeed(app: App, call: FeedCall): Promise<Raw> {
  const { name, slug, rows } = await readFeed(app, call);
  const { publicUrl } = app.config;
  const feed = {
    version: 'https://jsonfeed.org/version/1.1',
    title: name,
    home_page_url: `${publicUrl}/o/${encodeURIComponent(slug)}`,
    feed_url: `${publicUrl}/api/organisations/${encodeURIComponent(slug)}/feed.json`,
    items: rows.map((row) => toItem(row, publicUrl)),
  };
  return answer(call, JSON.stringify(feed), { 'content-type': 'application/json; charset=utf-8' });
}

async function readFeed(app: App, call: FeedCall) {
  const { id, name, slug } = await getOrganiser(app, call);
  return { name, slug, rows: await selectUpcoming(app.reads, id, app.clock.now()) };
}

function toItem(row: FeedRow, publicUrl: string) {
  const url = addressOf(row, publicUrl);
  const isCancelled = row.status === 'cancelled';
  return {
    id: row.id,
    url,
    title: isCancelled ? `Cancelled: ${row.title}` : row.title,
    content_text: textOf(row, url),
    ...(row.coverUrl && { image: new URL(row.coverUrl, publicUrl).href }),
    date_published: row.publishedAt.toISOString(),
    ...(isCancelled && { tags: ['cancelled'] }),
    _admit: {
      about: `${publicUrl}/api/docs`,
      startsAt: row.startsAt.toISOString(),
      endsAt: row.endsAt.toISOString(),
      timeZone: row.timeZone,
      venue: { name: row.venueName, address: row.address, city: row.city },
      status: row.status,
      version: row.version,
    },
  };
}

const addressOf = ({ slug }: FeedRow, publicUrl: string): string =>
  `${publicUrl}/e/${encodeURIComponent(slug)}`;

const textOf = ({ summary, venueName, city }: FeedRow, url: string): string =>
  [summary, placeLine(venueName, city), url].filter(Boolean).join('\n');

/** The tag follows from the text, so a program that asks again gets nothing until something has changed. */
function answer(call: FeedCall, text: string, own: Record<string, string>): Raw {
  const headers = {
    ...own,
    etag: `"${hash('sha256', text, 'base64url').slice(0, 22)}"`,
    'cache-control': `public, max-age=${keptSeconds}`,
    // Any page may read what is public anyway.
    'access-control-allow-origin': '*',
  };
  return namesETag(call.header('if-none-match'), headers.etag)
    ? new Raw('', headers, 304)
    : new Raw(text, headers);
}
