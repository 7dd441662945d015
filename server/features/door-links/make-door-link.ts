import { doorLinkDays, mostDoorLinks, type NewDoorLink } from '../../../contract/door-links.ts';
import { Refused } from '../../../contract/errors.ts';
import type { EventId, OrganisationId, TicketTypeId } from '../../../contract/ids.ts';
import type { App } from '../../app.ts';
import { type ActingCall, noteAct } from '../../data/audit-trail.ts';
import type { Caller } from '../accounts/accounts.ts';
import { readDoorTimes } from '../sale/door-times.ts';
import { mayInEvent } from '../sale/event-team.ts';
import { organisationOf } from '../sale/organisation-of.ts';
import type { Covered } from './door-device.ts';
import { auditLink, showLink } from './door-link.ts';
import { makeLinkSecret } from './secrets.ts';
import {
  countValidLinks,
  findForeignCheckpoint,
  insertLink,
  type LinkRow,
  listOwnTicketTypes,
  lockCheckpoints,
  lockLink,
} from './store.ts';

/**
 * Makes a door link. The answer has its secret, which is not stored. The link belongs to the organisation: it stays
 * valid when the member who made it leaves the team.
 */
export async function makeDoorLink(
  app: App,
  call: ActingCall & { caller: Caller; params: { eventId: EventId }; body: NewDoorLink },
) {
  const { caller, body } = call;
  const { eventId } = call.params;
  const now = app.clock.now();
  const expiresAt = new Date(body.expiresAt);
  const events = coveredBy(eventId, body);
  const organisationId = (await organisationOf(app, eventId)) as OrganisationId;
  await requireManaged(app, caller, organisationId, events);
  await requireExpiry(app, events, expiresAt, now);
  await requireCheckpoints(app, events);
  const ticketTypeIds = body.ticketTypeIds ? [...new Set(body.ticketTypeIds)] : null;
  if (ticketTypeIds) await requireTicketTypes(app, events, ticketTypeIds);
  const id = app.newId('doorLink');
  const { secret, hash } = makeLinkSecret();
  const row = await app.db.transaction(async (trx) => {
    if ((await countValidLinks(trx, eventId, now)) >= mostDoorLinks)
      throw new Refused('link_limit', {
        detail: `This event has ${mostDoorLinks} valid door links. Revoke one first.`,
      });
    // A manager may have removed a checkpoint since it was looked at.
    if (!(await lockCheckpoints(trx, events))) await requireCheckpoints(app, events);
    insertLink(
      trx,
      {
        id,
        organisationId,
        label: body.label,
        gate: body.gate ?? null,
        ticketTypeIds,
        seesNames: body.seesNames,
        secretHash: hash,
        expiresAt,
        createdBy: caller.userId,
        events,
      },
      now,
    );
    const written = (await lockLink(trx, id, eventId)) as LinkRow;
    noteAct(app, trx, call, {
      act: 'door_link.made',
      organisationId,
      subject: { type: 'event', id: eventId },
      before: null,
      after: auditLink(written),
    });
    return written;
  });
  return { link: showLink(row, now), url: `${app.config.publicUrl}/door/link#${secret}` };
}

async function requireExpiry(app: App, events: Covered[], expiresAt: Date, now: Date): Promise<void> {
  const times = await Promise.all(events.map(({ eventId }) => readDoorTimes(app, eventId)));
  const endsMs = Math.max(now.getTime(), ...times.map((each) => each?.endsAt.getTime() ?? 0));
  const latest = new Date(endsMs + doorLinkDays * 86_400_000);
  if (expiresAt > now && expiresAt <= latest) return;
  const message = `must be later than now and not later than ${latest.toISOString()}`;
  throw new Refused('invalid_request', {
    detail: `body.expiresAt: ${message}`,
    issues: [{ path: 'body.expiresAt', message }],
  });
}

async function requireCheckpoints(app: App, events: Covered[]): Promise<void> {
  const foreign = await findForeignCheckpoint(app.db, events);
  if (!foreign) return;
  const message = `${foreign.eventId} has no checkpoint ${foreign.checkpointId}`;
  throw new Refused('invalid_request', {
    detail: `body.checkpointId: ${message}`,
    issues: [{ path: 'body.checkpointId', message }],
  });
}

/** The event of the path first. An event that is named twice counts once. */
function coveredBy(eventId: EventId, { checkpointId, moreEvents = [] }: NewDoorLink): Covered[] {
  const more = moreEvents.map(
    (each): Covered => ({ eventId: each.eventId, checkpointId: each.checkpointId ?? null }),
  );
  const own: Covered = { eventId, checkpointId: checkpointId ?? null };
  const byEvent = new Map<EventId, Covered>([own, ...more].map((each) => [each.eventId, each]));
  byEvent.set(eventId, own);
  return [...byEvent.values()];
}

/** Refuses events of other organisations, and those for which the caller's role does not count, as unknown. */
async function requireManaged(
  app: App,
  caller: Caller,
  organisationId: OrganisationId,
  events: Covered[],
): Promise<void> {
  const foreign: EventId[] = [];
  for (const { eventId } of events) {
    const isOwn = (await organisationOf(app, eventId)) === organisationId;
    if (!isOwn || !(await mayInEvent(app, caller, eventId, 'door.manage'))) foreign.push(eventId);
  }
  if (foreign.length === 0) return;
  throw new Refused('unknown_event', {
    detail: `You manage no event ${foreign.slice(0, 5).join(', ')} of this organisation.`,
    events: foreign,
  });
}

async function requireTicketTypes(app: App, events: Covered[], ticketTypeIds: TicketTypeId[]): Promise<void> {
  const eventIds = events.map(({ eventId }) => eventId);
  const own = new Set(await listOwnTicketTypes(app.db, eventIds, ticketTypeIds));
  const foreign = ticketTypeIds.find((id) => !own.has(id));
  if (foreign) throw new Refused('unknown_ticket_type', { ticketTypeId: foreign });
}
