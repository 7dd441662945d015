import type { EventId } from '../../contract/ids.ts';
import type { BenchEvent } from './cast.ts';
import type { Stage } from './stage.ts';

const columnsSql = `
  select string_agg(quote_ident(column_name), ', ' order by ordinal_position) as columns
  from information_schema.columns
  where table_schema = 'public' and table_name = $1 and is_generated = 'NEVER'`;

/**
 * Makes so many copies of this general-admission event by SQL, because a thousand through the API take long. Each copy has
 * its own ids.
 */
export async function cloneEvent(
  { db, newId }: Stage,
  event: BenchEvent,
  count: number,
): Promise<BenchEvent[]> {
  const clones = Array.from({ length: count }, () => ({
    id: newId('event'),
    pool: newId('pool'),
    ticketTypeId: newId('ticketType'),
  }));
  const copy = async (table: string, changed: Record<string, string>, of: string) => {
    const [row] = await db.query<{ columns: string }>(columnsSql, [table]);
    const columns = row!.columns.split(', ');
    await db.run(
      `insert into ${table} (${columns.join(', ')})
       select ${columns.map((column) => changed[column] ?? `original.${column}`).join(', ')}
       from ${table} as original, unnest($2::text[], $3::text[], $4::text[]) as clone (id, pool, ticket_type)
       where original.${of} = $1`,
      [
        event.id,
        clones.map((each) => each.id),
        clones.map((each) => each.pool),
        clones.map((each) => each.ticketTypeId),
      ],
    );
  };
  await copy('events', { id: 'clone.id', slug: `original.slug || '-' || lower(clone.id)` }, 'id');
  await copy(
    'ticket_types',
    { event_id: 'clone.id', id: 'clone.ticket_type', pool_ids: 'array[clone.pool]' },
    'event_id',
  );
  // The copies have no messages yet, so their availability is at its first version.
  await copy('ledgers', { event_id: 'clone.id', version: '0' }, 'event_id');
  await copy('pools', { event_id: 'clone.id', id: 'clone.pool', held: '0', sold: '0' }, 'event_id');
  return clones.map(({ id, ticketTypeId }) => ({
    id: id as EventId,
    slug: `${event.slug}-${id.toLowerCase()}`,
    ticketTypeId,
    ticketTypes: [{ ...event.ticketTypes[0]!, id: ticketTypeId }],
  }));
}
