import { expect } from 'vitest';
import type { SeatPlanDocument } from '../../../../contract/plan-fields.ts';
import { applyCommand } from '../../../../seat-map/edit-plan.ts';
import { newRows } from '../../../../seat-map/make-objects.ts';
import type { PlanCommand } from '../../../../seat-map/plan-command.ts';
import type { Person, TestEvent, World } from '../../../testing/world.ts';

/** Two rows of four seats in the zone `gold`: A1 is the first of the first row. */
export const hall = (): SeatPlanDocument => ({
  format: 1,
  width: 200,
  height: 200,
  zones: [{ key: 'gold', name: 'Gold', color: '#aa8800' }],
  sections: [{ key: 'stalls', name: 'Stalls' }],
  objects: [newRows({ id: 'block1', section: 'stalls', zone: 'gold', x: 100, y: 80, rows: 2, seats: 4 })],
});

export const path = (event: { id: string }, rest = '') => `/api/events/${event.id}/seat-plan${rest}`;
export const quoted = (version: number) => ({ 'if-match': `"${version}"` });

export async function must(answer: ReturnType<Person['client']['get']>, status = 200) {
  const { status: got, body } = await answer;
  expect([got, body?.detail]).toEqual([status, undefined]);
  return body;
}

/** Saves a drawing. `sees` says that it takes a seat map into account that was changed in another way. */
export async function save(event: TestEvent, plan: unknown, { sees = false } = {}) {
  const { client } = event.organiser;
  const { version, seatMapId } = await must(client.get(path(event)));
  return must(client.put(path(event), { plan, ...(sees && { seenSeatMapId: seatMapId }) }, quoted(version)));
}

export async function apply(event: TestEvent, more: { tellMoved?: boolean; ticketTypes?: unknown } = {}) {
  const { client } = event.organiser;
  const { version, eventVersion } = await must(client.get(path(event)));
  return client.post(
    path(event, '/applications'),
    { version, tellMoved: false, ...more },
    quoted(eventVersion),
  );
}

export const edit = (plan: SeatPlanDocument, ...commands: PlanCommand[]): SeatPlanDocument =>
  commands.reduce(applyCommand, plan);

/** A published event whose seat map is a drawing. */
export async function drawn(world: World, plan = hall(), fields: object = {}): Promise<TestEvent> {
  const event = await world.event({
    fields: {
      seatLayout: layout(),
      pools: [],
      ticketTypes: [{ name: 'Gold', priceMinor: 2000, zone: 'gold' }],
      ...fields,
    },
  });
  await save(event, plan);
  await must(apply(event));
  return event;
}

/** A layout of the API, without keys. */
export const layout = () => ({
  width: 200,
  height: 200,
  zones: [{ key: 'gold', name: 'Gold', color: '#aa8800' }],
  sections: [
    {
      key: 'stalls',
      name: 'Stalls',
      rows: [
        {
          label: 'A',
          zone: 'gold',
          labels: ['1', '2', '3', '4'],
          x: [85, 95, 105, 115],
          y: [80, 80, 80, 80],
        },
      ],
    },
  ],
});
