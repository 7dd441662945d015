import type { Mutation } from './mutation.ts';

const serveLine = 'features/inventory/serve-line.ts';
const joinLine = 'features/inventory/join-line.ts';
const decide = 'features/inventory/decide.ts';
const line = 'features/inventory/line.ts';
const lineStore = 'features/inventory/line-store.ts';
const loadLines = 'features/inventory/load-lines.ts';
const transitions = 'features/inventory/transitions.ts';
const offerTime = 'features/inventory/offer-time.ts';

/** Ways to break the waitlist: one for each rule of docs/waitlist.md. */
export const waitlistMutations: Mutation[] = [
  {
    name: 'freed places are offered after the next command',
    in: decide,
    find: 'batch.outcomes.push(decideOne(batch, command));\n      if (batch.touched.size > 0) settleVouchers(batch);\n      serveWhileFreed(batch);',
    put: 'serveWhileFreed(batch);\n      batch.outcomes.push(decideOne(batch, command));',
  },
  {
    name: 'a newcomer gets what an expired hold frees',
    in: decide,
    find: 'batch.freed = true;\n    serveWhileFreed(batch);',
    put: '',
  },
  {
    name: 'the last in line is first',
    in: serveLine,
    find: 'entries: waiting.slice(), at: 0',
    put: 'entries: waiting.toReversed(), at: 0',
  },
  {
    name: 'ticket types that share a pool are served one after the other',
    in: serveLine,
    find: 'if (place < lowest) {',
    put: 'if (!best) {',
  },
  {
    name: 'a party is passed over',
    in: serveLine,
    find: 'else if (!gathers) continue;',
    put: 'else continue;',
  },
  {
    name: 'places are kept until the start',
    in: serveLine,
    find: 'else if (!gathers) continue;',
    put: '',
  },
  {
    name: 'a party keeps more than it needs',
    in: serveLine,
    find: 'const kept = Math.min(left.get(id) ?? 0, entry.quantity - others.length);',
    put: 'const kept = left.get(id) ?? 0;',
  },
  {
    name: 'a party larger than the pool blocks the line',
    in: serveLine,
    find: "if (type.poolIds.some((id) => (state.pools.get(id)?.capacity ?? 0) < entry.quantity)) return 'no';",
    put: '',
  },
  {
    name: 'a person with enough places is offered more',
    in: serveLine,
    find: "return overBuyer(sale, have, entry.quantity) ? 'no' : 'yes';",
    put: "return 'yes';",
  },
  {
    name: 'an offer forgets what its person got in the same batch',
    in: serveLine,
    find: 'const have = before + (changes.places.get(entry.buyerId) ?? 0);',
    put: 'const have = before;',
  },
  {
    name: 'kept places are on sale',
    in: 'features/inventory/choose-lines.ts',
    find: 'const available = pool ? freeIn(pool) : 0;\n      if (sum',
    put: 'const available = pool ? pool.capacity - pool.held - pool.sold : 0;\n      if (sum',
  },
  {
    name: 'viewers see kept places as free',
    in: 'features/inventory/free-places.ts',
    find: 'capacity - held - sold - kept - blocked',
    put: 'capacity - held - sold',
  },
  {
    name: 'people wait for ever after the sale',
    in: serveLine,
    find: "for (const entry of [...queue]) closeEntry(batch, entry, 'ended');",
    put: '',
  },
  {
    name: 'nobody wakes the ledger when parties stop gathering',
    in: serveLine,
    find: 'if (gathered && now < gatherUntil(sale)) dueBy(line, gatherUntil(sale));',
    put: '',
  },
  {
    name: 'nobody wakes the ledger at the end of the sale',
    in: serveLine,
    find: 'dueBy(line, sale.saleEndsAt ?? sale.endsAt);',
    put: '',
  },
  {
    name: 'an edit of the event does not wake the ledger',
    in: 'migrations/0043_waitlist.sql',
    find: 'line_due_at = case when line > 0 then to_timestamp(0) else line_due_at end',
    put: 'line_due_at = line_due_at',
  },
  {
    name: 'new places are free until the ledger has offered them',
    in: 'features/inventory/define-inventory.ts',
    find: 'then greatest(0, excluded.capacity - pools.held - pools.sold - pools.blocked) else 0 end',
    put: 'then 0 else 0 end',
  },
  {
    name: 'a move of buyers does not wake the ledger',
    in: 'features/inventory/store.ts',
    find: 'line_due_at = case when line > 0 then to_timestamp(0) else line_due_at end',
    put: 'line_due_at = line_due_at',
  },
  {
    name: 'both entries of a guest who becomes an account stay',
    in: lineStore,
    find: '\n        and earlier.place < waitlist_entries.place)',
    put: '\n        and earlier.place > waitlist_entries.place + 1000000)',
  },
  {
    name: 'who declines an offer is offered it again',
    in: transitions,
    find: "followOffer(batch, hold, status === 'expired' ? 'expired' : unsold);",
    put: '',
  },
  {
    name: 'whoever buys an offer goes on waiting',
    in: transitions,
    find: "followOffer(batch, hold, 'accepted');",
    put: '',
  },
  {
    name: 'an address stays when the entry is over',
    in: transitions,
    find: 'entry.network = null;\n  entry.email = null;',
    put: '',
  },
  {
    name: 'anybody may take a person out of the line',
    in: joinLine,
    find: "if (entry.buyerId !== command.buyerId) return refuse('not_found');",
    put: '',
  },
  {
    name: 'a person waits twice for one ticket type',
    in: joinLine,
    find: "if (waits) return refuse('already_waiting', { entryId: waits.id });",
    put: '',
  },
  {
    name: 'people wait while places are on sale',
    in: joinLine,
    find: "if (available > 0) return refuse('places_available', { available });",
    put: '',
  },
  {
    name: 'kept places keep people from joining the line',
    in: joinLine,
    find: 'availableIn(poolIds.map((id) => state.pools.get(id)))',
    put: 'availableIn(poolIds.map((id) => ({ ...(state.pools.get(id) as NonNullable<ReturnType<typeof state.pools.get>>), kept: 0 })))',
  },
  {
    name: 'people join a waitlist that is off',
    in: joinLine,
    find: "if (!sale.waitlist.enabled) return refuse('waitlist_off');",
    put: '',
  },
  {
    name: 'one network fills the line',
    in: joinLine,
    find: "return waiting + quantity > most ? refuse('waitlist_network_limit', { limit: most, waiting }) : null;",
    put: 'return null;',
  },
  {
    name: 'a retry joins again',
    in: joinLine,
    find: 'const earlier = command.retry && mine.find((entry) => entry.retry?.key === command.retry?.key);',
    put: 'const earlier = null as (typeof mine)[number] | null;',
  },
  {
    name: 'the position counts all ticket types',
    in: line,
    find: 'return indexIn(line.waiting.get(entry.ticketTypeId) ?? [], entry.place) + 1;',
    put: "return [...line.open.values()].filter((each) => each.status === 'waiting' && each.place <= entry.place).length;",
  },
  {
    name: 'a number of the line is given twice',
    in: lineStore,
    find: 'lines.map(({ line }) => line.lastPlace)',
    put: 'lines.map(() => 0)',
  },
  {
    name: 'a second process does not see the line',
    in: loadLines,
    find: 'version: book.line ? book.lineVersion : -1',
    put: 'version: book.line ? row.version : -1',
  },
  {
    name: 'people who got places since are offered more',
    in: lineStore,
    find: "and status in ('active', 'confirmed')",
    put: "and status in ('confirmed')",
  },
  {
    name: 'an offer at night ends at night',
    in: offerTime,
    find: 'if (!isDay) {',
    put: 'if (isDay === null) {',
  },
  {
    name: 'an offer at night ends after the start',
    in: offerTime,
    find: 'if (nextMs <= event.startsAt.getTime()) endsMs',
    put: 'endsMs',
  },
  {
    name: 'an offer outlasts the sale',
    in: offerTime,
    find: 'return new Date(Math.min(endsMs, saleEndsAt.getTime()));',
    put: 'return new Date(endsMs);',
  },
  {
    name: 'an offer lasts as long as the event says now',
    in: serveLine,
    find: 'offerEnd(sale, entry.offerMinutes,',
    put: 'offerEnd(sale, sale.waitlist.offerMinutes,',
  },
  {
    name: 'an offer counts for the network of its person',
    in: serveLine,
    find: 'network: null,\n  });',
    put: 'network: entry.network,\n  });',
  },
  {
    name: 'an offer is mailed when it is over',
    in: 'features/notifications/line-mail.ts',
    find: 'return isOffered(entry, app.clock.now()) ? { entry, event, move: null } : null;',
    put: 'return { entry, event, move: null };',
  },
  {
    name: 'any secret opens an offer',
    in: 'features/waitlist/open-offer.ts',
    find: 'if (!entry || !app.offerLinks.isSecretOf(entryId, call.body.secret))',
    put: 'if (!entry)',
  },
  {
    name: 'an offer that is ordered moves to whoever has its link',
    in: lineStore,
    find: 'and not exists (select from holds where holds.id = $4 and holds.event_id = $2 and ordered)`;',
    put: 'and $4::text is not null`;',
  },
];
