import type { Outcome } from '../../server/features/inventory/inventory.ts';
import type { IssueCommand } from '../../server/features/inventory/issue.ts';
import type { Model, ModelHold, NewHold } from './model.ts';
import { priceWith, pricingOf, totalOf } from './money.ts';
import { type Lines, whyNotBlock } from './wishes.ts';

interface Work {
  begin: (hold: NewHold) => string | null;
  buy: (hold: ModelHold) => void;
  vacate: (hold: ModelHold) => void;
  occupy: (hold: ModelHold) => string | null;
}

/** What a seller takes for the places of a door sale. Now and then it is too much. */
export function payAtDoor(model: Model, command: IssueCommand): IssueCommand {
  if (command.origin === 'complimentary') return command;
  const amountMinor = priceOf(model, command.wants) + (command.holdId.endsWith('7') ? 1 : 0);
  if (amountMinor === 0) return command;
  const paymentId = `pay_${command.holdId.slice(4)}` as const;
  const door = { method: 'cash' as const, takenBy: command.buyerId };
  const paid = { paymentId, intentRef: paymentId, amountMinor, currency: 'EUR' as const, card: null, door };
  return { ...command, paid };
}

/** What the places cost, by the model's own prices. */
function priceOf(model: Model, wants: IssueCommand['wants']): number {
  const lines = placesIn(model, wants).map((place) => {
    const type = model.sale.ticketTypes.find(({ id }) => place.startsWith(`${id} `));
    const pricing = type && pricingOf(model.sale, type);
    return { quantity: 1, unitMinor: type ? priceWith(type.listMinor, pricing) : 0, pricing };
  });
  return totalOf(lines as Lines);
}

/** Checks what the ledger has answered to a request to issue tickets, and records it in the model. */
export function judgeIssue(
  model: Model,
  command: IssueCommand,
  outcome: Outcome,
  nowMs: number,
  work: Work,
): string | null {
  const { retry, buyerId, wants } = command;
  const given = outcome.kind === 'refused' ? outcome.code : outcome.kind;
  const earlier = retry && model.holds.find((hold) => hold.buyer === buyerId && hold.key === retry.key);
  if (earlier) {
    const same = outcome.kind === 'ordered' && outcome.replayed && outcome.hold.id === earlier.id;
    return (earlier.asked === retry.fingerprint ? same : given === 'idempotency_key_reused')
      ? null
      : `issued again, ${earlier.id} became ${given}`;
  }
  const block = model.holds.find(({ id }) => id === command.blockHoldId);
  const isBlocked = block?.state === 'blocked';
  const reasons: string[] = [];
  if (model.sale.status === 'draft') reasons.push('event_not_on_sale');
  if (nowMs >= model.sale.endsAt.getTime()) reasons.push('sale_ended');
  if (command.blockHoldId !== null && !isBlocked) reasons.push('not_found');
  if (isBlocked) work.vacate(block);
  reasons.push(...whyNotBlock(model, wants));
  const price = command.origin === 'complimentary' ? 0 : priceOf(model, wants);
  if ((command.paid?.amountMinor ?? 0) !== price) reasons.push('amount_differs');
  const taken = new Set(placesIn(model, wants));
  const before = isBlocked ? spread(block.lines) : [];
  if (isBlocked && placesIn(model, wants).some((place) => !before.includes(place))) reasons.push('sold_out');
  if (outcome.kind === 'refused') {
    const wrong = isBlocked ? work.occupy(block) : null;
    return (
      wrong ??
      (reasons.includes(given) ? null : `not issued by ${given} (true: ${reasons.join(', ') || 'none'})`)
    );
  }
  if (outcome.kind !== 'ordered' || outcome.replayed || !outcome.confirmed)
    return `issuing came out as ${given}`;
  if (reasons.length > 0) return `issued in spite of ${reasons.join(', ')}`;
  const { id, lines, totalMinor } = outcome.hold;
  if (totalMinor !== price || totalOf(lines) !== price) return `${id} costs ${totalMinor}, not ${price}`;
  const got = spread(lines);
  if (got.length !== taken.size || got.some((place) => !taken.has(place))) return `${id} has other places`;
  if (isBlocked) {
    const left = before.filter((place) => !taken.has(place));
    if (left.length === 0) block.state = 'let go';
    else {
      block.lines = gather(block.lines, left);
      const wrong = work.occupy(block);
      if (wrong) return wrong;
    }
  }
  const wrong = work.begin({
    id,
    buyer: buyerId,
    lines,
    dueMs: nowMs,
    key: retry?.key ?? null,
    asked: retry?.fingerprint ?? null,
  });
  const hold = model.holds.at(-1);
  if (wrong || !hold) return wrong ?? 'nothing was placed';
  hold.ordered = true;
  hold.policy = model.sale.refundPolicy;
  hold.beginsMs = model.sale.startsAt.getTime();
  hold.soldVersion = model.sale.version;
  work.buy(hold);
  return null;
}

/** Each place by a name of its own: its type with its seat, or with its number among the unnumbered ones. */
const spread = (lines: Lines): string[] =>
  lines.flatMap(({ ticketTypeId, quantity, seats }) =>
    Array.from({ length: quantity }, (_, n) => `${ticketTypeId} ${seats ? `seat ${seats[n]}` : n + 1}`),
  );

function placesIn({ sale }: Model, wants: IssueCommand['wants']): string[] {
  const seats = wants.kind === 'seats' ? wants.seats : [];
  const counts = new Map<string, number>();
  for (const { ticketTypeId, quantity } of wants.items ?? [])
    counts.set(ticketTypeId, (counts.get(ticketTypeId) ?? 0) + quantity);
  return [
    ...seats.map(({ seatId, ticketTypeId }) => {
      const seat = Number(seatId.split('_')[2]);
      const zone = sale.seats?.zoneOf[seat];
      return `${ticketTypeId ?? sale.ticketTypes.find((type) => type.zone === zone)?.id} seat ${seat}`;
    }),
    ...[...counts].flatMap(([type, quantity]) =>
      Array.from({ length: quantity }, (_, n) => `${type} ${n + 1}`),
    ),
  ];
}

/** The lines with only these places. */
const gather = (lines: Lines, left: string[]): Lines =>
  lines.flatMap((line) => {
    const mine = spread([line]).filter((place) => left.includes(place));
    const seats = line.seats?.filter((seat) => left.includes(`${line.ticketTypeId} seat ${seat}`));
    return mine.length === 0 ? [] : [{ ...line, quantity: mine.length, ...(seats && { seats }) }];
  });
