import type { Me } from '../../../../contract/accounts.ts';
import { paths } from '../../paths.ts';

/**
 * Decision: the page after a sign-in. A person who was on a page goes back to it. From the front page, or from nowhere,
 * organisers go to their events, door staff to the door, and buyers back to the front page or to their tickets.
 */
export function landingOf(me: Pick<Me, 'isGuest' | 'role' | 'organisations'> | null, next?: string): string {
  if (next !== undefined && next !== paths.explore) return next;
  const roles = me && !me.isGuest ? me.organisations.map(({ role }) => role) : [];
  if (roles.some((role) => role !== 'door')) return paths.organise;
  if (roles.length > 0) return paths.door;
  // An organiser who has no organisation yet opens one there.
  if (me?.role === 'organizer') return paths.organise;
  return next ?? paths.orders;
}
