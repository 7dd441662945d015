import type { DocumentId, EventId, OrderId, OrganisationId } from '../../../contract/ids.ts';
import type { Queryable, Transaction, Writes } from '../../data/db.ts';
import { type DocumentRecord, type NewDocument, sumOfLines, taxOfLines } from './document.ts';

const columns = `
  id, organisation_id as "organisationId", event_id as "eventId", order_id as "orderId", number_text as number, kind, corrects,
  transfer_id as "transferId", total_minor as "totalMinor", tax_minor as "taxMinor", currency, content,
  issued_at as "issuedAt"`;

const ofOrders = `select ${columns} from documents where order_id = any($1::text[]) order by order_id, documents.number`;
/** The documents of these orders, each order's in the order of their numbers. */
export const listOfOrders = (db: Queryable, orderIds: OrderId[]): Promise<DocumentRecord[]> =>
  db.query<DocumentRecord>(ofOrders, [orderIds]);

const numbersSql = `
  select order_id as "orderId", kind, transfer_id as "transferId", number_text as number
  from documents where order_id = any($1::text[]) order by order_id, documents.number`;
/** The numbers of the documents of these orders, each order's in their order. */
export const selectNumbers = (
  db: Queryable,
  orderIds: OrderId[],
): Promise<Pick<DocumentRecord, 'orderId' | 'kind' | 'transferId' | 'number'>[]> =>
  db.query(numbersSql, [orderIds]);

const findOne = `select ${columns} from documents where id = $1`;
export const findDocument = async (db: Queryable, id: DocumentId): Promise<DocumentRecord | null> =>
  (await db.query<DocumentRecord>(findOne, [id]))[0] ?? null;

// Locks the organisation's counter until the transaction ends. If the transaction fails, the numbers are as they were. The
// time never goes back, so a document with a higher number is never older, also if the clocks of two servers differ.
const takeSql = `
  insert into document_counters as counter (organisation_id, last, issued_at) values ($1, $2, $3)
  on conflict (organisation_id) do update
  set last = counter.last + excluded.last, issued_at = greatest(counter.issued_at, excluded.issued_at)
  returning last, issued_at as "issuedAt"`;
/** Takes the next `count` numbers of an organisation, and returns the first of them. */
export async function takeNumbers(
  trx: Transaction,
  organisationId: OrganisationId,
  count: number,
  now: Date,
): Promise<{ first: number; issuedAt: Date }> {
  const [row] = await trx.query<{ last: number; issuedAt: Date }>(takeSql, [organisationId, count, now]);
  if (!row) throw new Error(`the counter of ${organisationId} was not changed`);
  return { first: row.last - count + 1, issuedAt: row.issuedAt };
}

const insertSql = `
  insert into documents (id, organisation_id, event_id, order_id, number, number_text, kind, corrects, transfer_id,
    total_minor, tax_minor, currency, content, issued_at)
  select id, $1, $2, order_id, number, content ->> 'number', content ->> 'kind', corrects, transfer_id, total_minor,
    tax_minor, content ->> 'currency', content, $3
  from unnest($4::text[], $5::text[], $6::int[], $7::text[], $8::text[], $9::bigint[], $10::bigint[], $11::jsonb[])
    as due (id, order_id, number, corrects, transfer_id, total_minor, tax_minor, content)
  order by number`;
/** `due` have the consecutive numbers from `first` on. Their contents are complete. */
export function insertDocuments(
  trx: Writes,
  of: { organisationId: OrganisationId; eventId: EventId; first: number; issuedAt: Date },
  due: (NewDocument & { content: DocumentRecord['content'] })[],
): void {
  trx.write(insertSql, [
    of.organisationId,
    of.eventId,
    of.issuedAt,
    due.map(({ id }) => id),
    due.map(({ orderId }) => orderId),
    due.map((_, i) => of.first + i),
    due.map(({ corrects }) => corrects),
    due.map(({ transferId }) => transferId),
    due.map(({ content }) => sumOfLines(content.lines)),
    due.map(({ content }) => taxOfLines(content.lines)),
    due.map(({ content }) => JSON.stringify(content)),
  ]);
}

// Marks the transaction for the trigger that keeps documents from every other deletion. Credit notes reference others of the
// same order, so they all go with one statement.
const allowSql = `select set_config('admit.retention', 'on', true)`;
const deleteSql = `delete from documents where event_id = $1 and order_id = any($2::text[])`;
export function deleteDocuments(trx: Writes, eventId: EventId, orderIds: OrderId[]): void {
  trx.write(allowSql);
  trx.write(deleteSql, [eventId, orderIds]);
}
