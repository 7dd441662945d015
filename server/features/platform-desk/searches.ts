import type { EventSearch, OrderSearch, OrganisationSearch, UserSearch } from './store.ts';

/** A search, and what it looks for; null if nothing can be found. */
type Search<By> = { by: By; value: string | null } | null;

const idOf = (kind: string) => new RegExp(`^${kind}_[0-9A-HJKMNP-TV-Z]{26}$`);
const [user, session, organisation, event, order, ticket, payment] = [
  'usr',
  'ses',
  'org',
  'evt',
  'ord',
  'tkt',
  'pay',
].map(idOf) as [RegExp, RegExp, RegExp, RegExp, RegExp, RegExp, RegExp];

/** With fewer letters the index of parts finds nothing quickly. */
const leastLetters = 3;

/** Decision: which search of accounts fits what was typed. */
export function searchUsers(q: string, state: 'all' | 'suspended' | 'admins'): Search<UserSearch> {
  if (q === '') return { by: state, value: null };
  if (user.test(q)) return { by: 'id', value: q };
  if (session.test(q)) return { by: 'session', value: q };
  if (q.includes('@')) return { by: 'address', value: `${literal(q.toLowerCase())}%` };
  return byPart('name', q);
}

export function searchOrganisations(
  q: string,
  state: 'all' | 'suspended' | 'held',
): Search<OrganisationSearch> {
  if (q === '') return { by: state, value: null };
  return organisation.test(q) ? { by: 'id', value: q } : byPart('name', q);
}

export function searchEvents(q: string, state: 'all' | 'removed'): Search<EventSearch> {
  if (q === '') return { by: state, value: null };
  if (event.test(q)) return { by: 'id', value: q };
  return organisation.test(q) ? { by: 'organisation', value: q } : byPart('title', q);
}

export function searchOrders(q: string): Search<OrderSearch> & ({ value: string } | null) {
  if (q === '') return null;
  if (order.test(q)) return { by: 'id', value: q };
  if (ticket.test(q)) return { by: 'ticket', value: q };
  if (payment.test(q)) return { by: 'payment', value: q };
  if (user.test(q)) return { by: 'buyer', value: q };
  return q.includes('@') ? { by: 'address', value: q.toLowerCase() } : { by: 'reference', value: q };
}

const byPart = <By extends string>(by: By, q: string): Search<By> =>
  [...q].length < leastLetters ? null : { by, value: `%${literal(q.toLowerCase())}%` };

/** Text in which `like` sees no signs of its own. */
const literal = (text: string): string => text.replaceAll(/[\\%_]/g, '\\$&');
