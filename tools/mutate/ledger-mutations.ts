import type { Mutation } from './mutation.ts';

const inventory = 'features/inventory';

/** Ways to break holds, orders and tickets. */
export const ledgerMutations: Mutation[] = [
  {
    name: 'the lock is skipped',
    in: inventory,
    find: / order by event_id for update/,
    put: ' order by event_id',
  },
  {
    name: 'expiry is ignored',
    in: inventory,
    find: 'const isDue = hold.expiresAt <= batch.now;',
    put: 'const isDue = false;',
  },
  {
    name: 'a hold is counted twice',
    in: inventory,
    find: 'pool[counter] += sign * line.quantity;',
    put: "pool[counter] += sign * line.quantity * (counter === 'held' && sign > 0 ? 2 : 1);",
  },
  {
    name: 'answered before the commit',
    in: 'data/db.ts',
    find: /const commit = client\.query\('commit'\);[\s\S]*?giveBack\(\);\n {2}\}\n\}/,
    put: `await Promise.all(sent);
    setTimeout(() => client.query('commit').finally(giveBack), 15);
    return result;
  } catch (error) {
    await client.query('rollback').catch(fail);
    giveBack();
    throw error;
  }
}`,
  },
  {
    name: 'answered before the writes have left',
    in: 'data/db.ts',
    find: 'await sendTogether(client, statements);',
    put: 'setTimeout(() => sendTogether(client, statements).catch(() => {}), 15);',
  },
  {
    name: 'a ledger that moved is not noticed',
    in: 'migrations/0003_inventory.sql',
    find: 'where event_id = ids[i] and version = versions[i] and',
    put: 'where event_id = ids[i] and',
  },
  {
    name: 'the outbox is forgotten',
    in: 'data/outbox.ts',
    find: 'if (effects.length === 0) return;',
    put: 'if (effects) return;',
  },
  {
    name: 'a promo code is good for any number',
    in: inventory,
    find: /if \(wanted > available\) return refuse\('promo_code_used_up', .*\);/,
    put: '',
  },
  {
    name: 'the limit is ignored',
    in: inventory,
    find: /if \(places > 0 && have \+ places > sale\.maxPerBuyer\)/,
    put: 'if (have < 0)',
  },
  {
    name: 'a network has no budget',
    in: inventory,
    find: 'return held + places > limit ?',
    put: 'return held < 0 ?',
  },
  {
    name: 'what a network lets go stays counted',
    in: inventory,
    find: 'countMark(batch, hold.network, -weightOf(hold));',
    put: '',
  },
  {
    name: 'a process forgets what networks hold',
    in: inventory,
    find: /(for \(const \[mark, more\] of changes\.marked\) \{\n)/,
    put: '$1    if (more > 0) continue;\n',
  },
  {
    name: 'a clock starts anew',
    in: inventory,
    find: 'expiresAt: until,',
    put: 'expiresAt: new Date(now.getTime() + sale.holdSeconds * 1000),',
  },
  {
    name: 'a buyer who comes back waits although places are plentiful',
    in: inventory,
    find: 'left * 10 >= pool.capacity',
    put: 'left > pool.capacity',
  },
  {
    name: 'scarce places are kept for ever',
    in: inventory,
    find: 'left >= sale.maxPerBuyer && left * 10 >= pool.capacity',
    put: 'left >= 0',
  },
  {
    name: 'old clocks are not written',
    in: inventory,
    find: 'writeClocks(trx, events);',
    put: '',
  },
  {
    name: 'a mailbox has no limit',
    in: inventory,
    find: 'if (isOverLimit(batch, mailbox, hold.places))',
    put: 'if (hold.places < 0)',
  },
  {
    name: 'a card has no limit',
    in: inventory,
    find: 'if (!isSwap && isOverLimit(batch, card, hold.places))',
    put: 'if (hold.places < 0)',
  },
  {
    name: 'a group is split though neighbours are free',
    in: '../contract/best-seats.ts',
    find: 'if (best) return seatsAt(',
    put: 'if (best && quantity === 1) return seatsAt(',
  },
  {
    name: 'an aisle is crossed',
    in: '../contract/best-seats.ts',
    find: 'const aisle = row.gapsAfter.includes(position);',
    put: 'const aisle = false;',
  },
  {
    name: 'the version stays where it was',
    in: inventory,
    find: /update ledgers set version = moved\.version/,
    put: 'update ledgers set version = ledgers.version',
  },
  {
    name: 'taken seats are taken again',
    in: inventory,
    find: "if (taken.length > 0)\n    return refuse('seats_taken'",
    put: "if (taken.length < 0)\n    return refuse('seats_taken'",
  },
  {
    name: 'confirmed twice, sold twice',
    in: inventory,
    find: "if (hold.status === 'confirmed') return { kind: 'confirmed'",
    put: "if (hold.status === 'confirmed') movePools(batch, hold.lines, 'sold', 1);\n  if (hold.status === 'confirmed') return { kind: 'confirmed'",
  },
  {
    name: 'late money always confirms',
    in: inventory,
    find: "hold.status === 'expired' && !isPast ? placesAgain(batch, hold, voucher) : null",
    put: 'hold.lines',
  },
  { name: 'a seat is not written', in: inventory, find: /batch\.changes\.seats\.set\(index, .*\);/, put: '' },
  {
    name: 'a ticket that was used is cancelled',
    in: inventory,
    find: "const dead = found.filter((ticket) => ticket.status !== 'valid');",
    put: "const dead = found.filter((ticket) => ticket.status === 'cancelled');",
  },
  {
    name: 'a ticket is cancelled twice',
    in: inventory,
    find: "const dead = found.filter((ticket) => ticket.status !== 'valid');",
    put: "const dead = found.filter((ticket) => ticket.status === 'used');",
  },
  {
    name: 'cancelled twice with one key',
    in: inventory,
    find: 'if (fingerprint !== undefined) {',
    put: "if (fingerprint === '') {",
  },
  {
    name: 'a cancellation forgets its key',
    in: 'features/orders',
    find: 'made.map(({ command }) => command.retry?.key ?? null),',
    put: 'made.map(() => null),',
  },
  {
    name: 'the place of another ticket comes back',
    in: inventory,
    find: 'const place = places[position];',
    put: 'const place = places[places.length - 1 - position];',
  },
  {
    name: 'more goes back than is left of the payment',
    in: inventory,
    find: '(places[position]?.line.unitMinor ?? 0) - refundedMinor',
    put: '(places[position]?.line.unitMinor ?? 0) - refundedMinor * 0',
  },
  {
    name: 'what is kept of a price is rounded up',
    in: inventory,
    find: 'const kept = Math.floor(',
    put: 'const kept = Math.ceil(',
  },
  {
    name: 'a step of the refund policy ends an instant late',
    in: inventory,
    find: 'const step = stepAt(refundPolicy, startMs, now.getTime());',
    put: 'const step = stepAt(refundPolicy, startMs, now.getTime() - 1);',
  },
  {
    name: 'a booking fee that is kept goes back',
    in: inventory,
    find: 'if (refundsBookingFee || parts.feeMinor === 0) return parts;',
    put: 'if (refundsBookingFee || parts.feeMinor >= 0) return parts;',
  },
  {
    name: 'the fee of the order goes back with its first ticket',
    in: inventory,
    find: 'const isLast = gone + tickets.length === order.tickets.length;',
    put: 'const isLast = gone + tickets.length > 0;',
  },
  {
    name: 'an organiser refunds more than is left',
    in: inventory,
    find: 'if (refundMinor > leftMinor) {',
    put: 'if (refundMinor > leftMinor + 100_000) {',
  },
  {
    name: 'an organiser refunds twice with one key',
    in: `${inventory}/refund-order.ts`,
    find: /if \(earlier\) \{\n(.*\n){2}\s+\}\n/,
    put: '',
  },
  {
    name: 'a refund that keeps tickets ends them',
    in: inventory,
    find: 'const dead = keeps ? [] : named',
    put: 'const dead = named',
  },
  {
    name: 'the whole payment goes back as an amount, and its tickets stay valid',
    in: inventory,
    find: 'refundMinor < leftMinor);',
    put: 'refundMinor <= leftMinor);',
  },
  {
    name: 'a ticket’s share of a refund is less than the currency can charge',
    in: inventory,
    find: 'every((minor) => minor % step === 0) ? step : 1',
    put: 'every((minor) => minor < 0) ? step : 1',
  },
  {
    name: 'the fee of the order goes back with any refund',
    in: inventory,
    find: "ticket.status !== 'cancelled' && !named.includes(ticket)",
    put: "ticket.status === 'used' && !named.includes(ticket)",
  },
  {
    name: 'a ticket does not count what went back',
    in: 'features/tickets',
    find: 'set refunded_minor = refunded_minor + changed.minor,',
    put: 'set refunded_minor = refunded_minor + 0 * changed.minor,',
  },
  {
    name: 'an order is over with its first cancelled ticket',
    in: inventory,
    find: "isLast: dead.length > 0 && sold.tickets.every(({ status }) => status === 'cancelled'),",
    put: 'isLast: dead.length > 0,',
  },
  {
    name: 'two cancellations of an order in a batch refund one',
    in: 'features/orders',
    find: 'sum(refund_minor) as refund_minor',
    put: 'max(refund_minor) as refund_minor',
  },
  {
    name: 'the door admits while a ticket is being cancelled',
    in: 'features/tickets/store.ts',
    find: 'order by id for no key update of tickets`;',
    put: 'order by id`;',
  },
  {
    name: 'asked again, held again',
    in: `${inventory}/decide.ts`,
    find: /if \(earlier\) \{\n(.*\n){2}\s+\}\n/,
    put: '',
  },
  {
    name: 'sold out one place too early',
    in: inventory,
    find: 'if (sum > available)',
    put: 'if (sum >= available)',
  },
  {
    name: 'what is let go stays held',
    in: inventory,
    find: /(function freeHeld\(.*\{\n.*\n)\s+movePools\(.*\n/,
    put: '$1',
  },
  {
    name: 'seats that an exchange gives back stay held',
    in: inventory,
    find: 'setSeats(batch, { id: hold.id, lines: lost }, seatStatus.free);',
    put: '',
  },
  {
    name: 'an exchange starts a new clock',
    in: inventory,
    find: 'holdUntil(hold, taken, lines, known, hold.expiresAt.getTime())',
    put: 'holdUntil(hold, taken, lines, known)',
  },
  {
    name: 'places that an exchange gives back have no clock',
    in: inventory,
    find: 'leaveClocks(batch, { ...hold, lines: givenBack(hold.lines, lines) });',
    put: '',
  },
  {
    name: 'an exchange is not counted',
    in: inventory,
    find: 'count(batch, hold, places - hold.places);',
    put: '',
  },
  {
    name: 'anybody may let go of a hold',
    in: inventory,
    find: /(function release\([\s\S]*?if \(!hold) \|\| hold\.buyerId !== command\.buyerId\)/,
    put: '$1)',
  },
  {
    name: 'other processes are not heard of',
    in: inventory,
    find: /(function catchUpSeats\(.*\{\n)/,
    put: '$1  if (seats) return;\n',
  },
  {
    name: 'late money chooses seats of a newer plan',
    in: inventory,
    find: 'if (line.seatMapId !== plan.mapId) return null;',
    put: '',
  },
  {
    name: 'a seat that only an older plan had is free',
    in: inventory,
    find: 'if (plan.seatCount === plan.indexCount) return seats;',
    put: 'if (plan.seatCount <= plan.indexCount) return seats;',
  },
  {
    name: 'a page with an older plan is believed',
    in: inventory,
    find: 'if (seatMapId && sale.seats && seatMapId !== sale.seats.mapId)',
    put: 'if (seatMapId && !sale.seats)',
  },
  {
    name: 'a taken seat is lost by an edit of the plan',
    in: inventory,
    find: 'if (rows.length === 0) return;',
    put: 'if (rows.length >= 0) return;',
  },
  {
    name: 'a process keeps the seats of the plan before',
    in: inventory,
    find: 'const keeps = known?.sale.seats?.mapId === sale.seats?.mapId;',
    put: 'const keeps = known !== undefined;',
  },
  {
    name: 'a capacity goes below what is taken',
    in: inventory,
    find: 'if (capacity < taken && !isCounter(key))',
    put: 'if (capacity < 0)',
  },
  {
    name: 'each plan numbers its seats anew',
    in: 'features/seating',
    find: 'index ?? indexCount++',
    put: 'indexCount++',
  },
  {
    name: 'a ticket has another price than its line',
    in: 'features/tickets',
    find: 'netMinor: row.net_minor,',
    put: 'netMinor: 0,',
  },
  {
    name: 'late money is kept',
    in: 'features/purchases',
    find: 'openRefunds(app(), trx, refunds, now);',
    put: '',
  },
  {
    name: 'one ticket for two places',
    in: inventory,
    find: /Array\.from\(\{ length: line\.quantity \}/,
    put: 'Array.from({ length: 1 }',
  },
];
