import type { Manifest, ManifestHead, ManifestTicket } from '../../../../../contract/door-manifest.ts';
import type { OrderId, TicketId } from '../../../../../contract/ids.ts';

/** What the gate knows of the event, from a manifest and the deltas after it. */
export interface Knowledge {
  head: ManifestHead;
  tickets: Map<TicketId, ManifestTicket>;
  /** The tickets of each order, for groups that come together. */
  byOrder: Map<OrderId, TicketId[]>;
}

/** What is known after a manifest or a delta, which must follow what is known. A delta changes `before` in place: 60,000 tickets are not copied every second. */
export function learn(before: Knowledge | null, { head, tickets }: Manifest): Knowledge | null {
  if (head.since !== null && !before) return null;
  const knowledge =
    head.since !== null && before
      ? withTypesOf(before, head)
      : { head, tickets: new Map<TicketId, ManifestTicket>(), byOrder: new Map<OrderId, TicketId[]>() };
  knowledge.head = head;
  for (const ticket of tickets) {
    const known = knowledge.tickets.has(ticket.id);
    knowledge.tickets.set(ticket.id, ticket);
    if (known) continue;
    const same = knowledge.byOrder.get(ticket.orderId);
    if (same) same.push(ticket.id);
    else knowledge.byOrder.set(ticket.orderId, [ticket.id]);
  }
  return knowledge;
}

/** A delta may list the ticket types in another order, or a dispute may have begun or ended without a change of the ticket. */
function withTypesOf(before: Knowledge, head: ManifestHead): Knowledge {
  const sameTypes = JSON.stringify(before.head.ticketTypes) === JSON.stringify(head.ticketTypes);
  const sameDisputes = before.head.disputedOrders.join() === head.disputedOrders.join();
  if (sameTypes && sameDisputes) return before;
  const keyOf = ({ id, name }: { id: string; name: string }) => `${id} ${name}`;
  const indexOf = new Map(head.ticketTypes.map((type, index) => [keyOf(type), index]));
  const moved = before.head.ticketTypes.map((type) => indexOf.get(keyOf(type)) ?? 0);
  const disputed = new Set<OrderId>(head.disputedOrders);
  for (const [id, ticket] of before.tickets) {
    const isDisputed = disputed.has(ticket.orderId);
    before.tickets.set(id, { ...ticket, type: moved[ticket.type] ?? ticket.type, isDisputed });
  }
  return before;
}
