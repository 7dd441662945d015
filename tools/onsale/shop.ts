/** What the people of a run need to know of the shop that they come to. */
import type { EventId, OrganisationId, TicketTypeId } from '../../contract/ids.ts';
import type { Queue } from '../../contract/waiting-room.ts';
import type { Person } from '../../server/features/rehearsals/plan.ts';

export interface Shop {
  url: string;
  eventId: EventId;
  organisationId: OrganisationId;
  /** The type of ticket that this person wants. */
  ticketTypeOf(person: Person): TicketTypeId;
  /** Seats that are neighbours, by their numbers. */
  rows: number[][];
  /** Whether an order names each guest. */
  asksNames: boolean;
  /** The Cookie header with which a person comes. Empty for a guest, who then proves work to join the queue. */
  cookieOf(person: Person): string;
  /** The instant at which the plan's time begins. */
  fromMs: number;
  /** The sale's time now, in ms of the plan. */
  nowMs(): number;
  /** Places that are held and sold now. `queue` is the state of the queue that was read a moment ago. */
  places(queue: Queue): Promise<{ held: number; sold: number }>;
}

/** How people come to their names. */
export const buyerName = 'Ada Osei';
