import type { EventId } from '../../../../contract/ids.ts';
import type { World } from '../../../testing/world.ts';
import { learnWords } from '../search-store.ts';

const columnsSql = `
  select string_agg(quote_ident(column_name), ', ' order by ordinal_position) as columns
  from information_schema.columns
  where table_schema = 'public' and table_name = $1 and is_generated = 'NEVER'`;

type CopyFields = Partial<
  Record<'title' | 'summary' | 'description' | 'city' | 'currency' | 'category', string>
> & { price_from_minor?: number; price_to_minor?: number };

/** Publishes copies of an event, each with fields of its own, by SQL: a hundred through the API take a minute. */
export async function publishCopies(
  { app }: World,
  of: string,
  copies: CopyFields[],
): Promise<(CopyFields & { id: EventId })[]> {
  const made = copies.map((fields) => ({ ...fields, id: app.newId('event') }));
  const copy = async (table: string, key: string, changed: Record<string, string>) => {
    const [row] = await app.db.query<{ columns: string }>(columnsSql, [table]);
    const columns = row!.columns.split(', ');
    const values = columns.map((column) => changed[column] ?? `original.${column}`);
    await app.db.run(
      `insert into ${table} (${columns.join(', ')}) select ${values.join(', ')}
       from ${table} as original, unnest($2::text[], $3::jsonb[]) as copy (id, fields) where original.${key} = $1`,
      [of, made.map(({ id }) => id), copies.map((fields) => JSON.stringify(fields))],
    );
  };
  const field = (name: string) => `coalesce(copy.fields ->> '${name}', original.${name})`;
  const texts = ['title', 'summary', 'description', 'city', 'currency', 'category'];
  const prices = ['price_from_minor', 'price_to_minor'];
  await copy('events', 'id', {
    id: 'copy.id',
    slug: 'lower(copy.id)',
    ...Object.fromEntries(texts.map((name) => [name, field(name)])),
    ...Object.fromEntries(
      prices.map((name) => [name, `coalesce((copy.fields ->> '${name}')::int, original.${name})`]),
    ),
  });
  await copy('ticket_types', 'event_id', {
    event_id: 'copy.id',
    id: `replace(copy.id, 'evt_', 'tty_')`,
    price_minor: `coalesce((copy.fields ->> 'price_from_minor')::int, original.price_minor)`,
    pool_ids: `array[replace(copy.id, 'evt_', 'pool_')]`,
  });
  await copy('ledgers', 'event_id', { event_id: 'copy.id' });
  await copy('pools', 'event_id', { event_id: 'copy.id', id: `replace(copy.id, 'evt_', 'pool_')` });
  await app.db.transaction(async (trx) => {
    for (const { id } of made) await learnWords(trx, id);
  });
  return made;
}
