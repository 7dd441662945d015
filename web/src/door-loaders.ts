import type { QueryClient } from '@tanstack/react-query';
import type { EventId } from '../../contract/ids.ts';
import { meQuery } from './api/session.ts';
import {
  countWaiting,
  deviceGate,
  ownRegistrations,
  registrationOf,
} from './features/door/offline/device-gate.ts';
import { memberGate } from './features/door/offline/member-gate.ts';
import { doorEventsQuery } from './features/door/queries.ts';

/* What the pages of the door need first. No other page loads this file. */

interface Given {
  context: { queryClient: QueryClient };
}
interface OfEvent extends Given {
  params: { eventId: string };
}

export async function door({ context: { queryClient } }: Given): Promise<void> {
  const me = await queryClient.ensureQueryData(meQuery);
  if (me) await queryClient.ensureQueryData(doorEventsQuery(me));
}

export const doorScan = ({ context: { queryClient }, params }: OfEvent) =>
  memberGate(queryClient, params.eventId as EventId);

/** The secret leaves the address before anybody could copy it. */
export async function doorLink({ location }: { location: { hash: string; pathname: string } }) {
  const secret = location.hash.replace(/^#/, '');
  if (secret) history.replaceState(history.state, '', location.pathname);
  const registrations = await ownRegistrations();
  return {
    secret,
    registrations,
    /** Null if the link in the address was not opened here before. */
    own: secret ? registrationOf(secret, registrations) : (registrations[0] ?? null),
    waiting: await countWaiting(),
  };
}

export const doorLinkScan = ({ params }: OfEvent) => deviceGate(params.eventId as EventId);
