import type { EventId } from '../../../contract/ids.ts';
import type { App } from '../../app.ts';
import type { Call } from '../../http/bind.ts';
import { readTakenSeats } from '../inventory/read-taken-seats.ts';
import { readKeyedMap } from '../seating/read-layout.ts';

/** The keys of the seats that somebody has, or that are blocked. */
export async function getTakenSeats(
  app: App,
  { params: { eventId } }: Pick<Call<{ eventId: EventId }, unknown, unknown, 'team'>, 'params'>,
): Promise<{ held: string[]; sold: string[]; blocked: string[] }> {
  const [map, taken] = await Promise.all([
    readKeyedMap(app.db, eventId),
    readTakenSeats(app.db, eventId, app.clock.now()),
  ]);
  const keys = map?.layout.sections.flatMap(({ rows }) => rows.flatMap((row) => row.keys ?? [])) ?? [];
  const keyOf = new Map(map?.indexes.map((index, position) => [index, keys[position] ?? '']));
  const found = { held: [] as string[], sold: [] as string[], blocked: [] as string[] };
  for (const { index, status } of taken) {
    const key = keyOf.get(index);
    if (key) found[status].push(key);
  }
  return found;
}
