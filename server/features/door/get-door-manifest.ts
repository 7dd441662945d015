import { type ManifestHead, type ManifestTicket, manifestType } from '../../../contract/door-manifest.ts';
import { Refused } from '../../../contract/errors.ts';
import type { EventId } from '../../../contract/ids.ts';
import type { App } from '../../app.ts';
import { Raw } from '../../http/bind.ts';
import { encodeManifest } from './encode-manifest.ts';
import { type GateKnowledge, readGateKnowledge } from './gate-knowledge.ts';

/** Answers with the signed manifest of an event: full, or what may have changed since a version. */
export async function getDoorManifest(
  app: App,
  call: { params: { eventId: EventId }; query: { since?: string } },
): Promise<Raw> {
  const { eventId } = call.params;
  const since = parseVersion(call.query.since);
  const known = await readGateKnowledge(app, eventId, since?.version);
  if (!known) throw new Refused('not_found');
  const from = since && since.identity === known.moment.identity && since.version <= known.version;
  const tickets = known.tickets.flatMap(({ ticket, writtenBy }) =>
    from && writtenBy < since.version ? [] : ticket,
  );
  return signed(app, headOf(app, eventId, known, from ? (call.query.since as string) : null), tickets);
}

async function signed(app: App, head: Omit<ManifestHead, 'texts'>, tickets: ManifestTicket[]): Promise<Raw> {
  return new Raw(app.signer.signManifest(await encodeManifest(head, tickets)), {
    'content-type': manifestType,
    'content-disposition': `attachment; filename="${head.event.id}.door"`,
    'cache-control': 'private, no-store',
  });
}

function headOf(
  app: App,
  eventId: EventId,
  { moment, version, ticketTypes }: GateKnowledge,
  since: string | null,
): Omit<ManifestHead, 'texts'> {
  const now = app.clock.now();
  return {
    event: {
      id: eventId,
      title: moment.title,
      status: moment.status,
      startsAt: moment.startsAt.toISOString(),
      doorsAt: moment.doorsAt?.toISOString() ?? null,
      endsAt: moment.endsAt.toISOString(),
      timeZone: moment.timeZone,
      venueName: moment.venueName,
    },
    version: `${moment.identity}-${version}`,
    since,
    issuedAt: now.toISOString(),
    expiresAt: new Date(now.getTime() + app.config.doorManifestHours * 3_600_000).toISOString(),
    keys: app.signer.publicKeys(),
    ticketTypes: ticketTypes.map((type) => ({ ...type, isAllowed: true })),
    disputedOrders: moment.disputedOrders,
    hasNames: true,
    hasShortNumbers: false,
  };
}

function parseVersion(text: string | undefined): { identity: string; version: number } | null {
  const [identity, version] = text?.split('-') ?? [];
  return identity === undefined ? null : { identity, version: Number(version) };
}
