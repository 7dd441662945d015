import type { OrganisationId } from '../../../contract/ids.ts';
import type { OrganisationPageFields } from '../../../contract/organisation-page-fields.ts';
import type { Queryable, Transaction } from '../../data/db.ts';

export interface PageRow extends OrganisationPageFields {
  version: number;
}

/** The page of an organisation that has changed nothing yet. */
const plain: PageRow = { version: 1, about: '', links: [], color: null, logoUrl: null, embedOrigins: [] };

const find = `
  select version, about, links, color, logo_url as "logoUrl", embed_origins as "embedOrigins"
  from organisation_pages where organisation_id = $1`;
export const findPage = async (db: Queryable, id: OrganisationId): Promise<PageRow> =>
  (await db.query<PageRow>(find, [id]))[0] ?? plain;

const put = `
  insert into organisation_pages (organisation_id, version, about, links, color, logo_url, embed_origins, updated_at)
  values ($1, $2, $3, $4, $5, $6, $7, $8)
  on conflict (organisation_id) do update set version = excluded.version, about = excluded.about, links = excluded.links,
    color = excluded.color, logo_url = excluded.logo_url, embed_origins = excluded.embed_origins,
    updated_at = excluded.updated_at`;
export const writePage = (trx: Transaction, id: OrganisationId, page: PageRow, now: Date): Promise<number> =>
  trx.run(put, [
    id,
    page.version,
    page.about,
    JSON.stringify(page.links),
    page.color,
    page.logoUrl,
    page.embedOrigins,
    now,
  ]);

// Reads the table of catalog too, because one query is less than two for each frame that opens: the frame of a widget names an event, and its organisation says which sites may show it.
const sitesOfEvent = `
  select coalesce(page.embed_origins, '{}') as origins
  from events left join organisation_pages page using (organisation_id)
  where (events.id = $1 or events.slug = $1) and events.published_at is not null`;
/** The sites that may show the widget of a public event, by its id or slug; null if the public knows no such event. */
export const findSitesOfEvent = async (db: Queryable, ref: string): Promise<string[] | null> =>
  (await db.query<{ origins: string[] }>(sitesOfEvent, [ref]))[0]?.origins ?? null;
