import { type ManifestHead, manifestType } from '../../../contract/door-manifest.ts';
import { plainRules } from '../../../contract/door-rules.ts';
import { Refused } from '../../../contract/errors.ts';
import type { EventId, TicketTypeId } from '../../../contract/ids.ts';
import type { App } from '../../app.ts';
import { Raw } from '../../http/bind.ts';
import { type DoorCaller, isDevice } from '../door-links/door-device.ts';
import { encodeManifest } from './encode-manifest.ts';
import { type GateKnowledge, readGateKnowledge } from './gate-knowledge.ts';

/** What a gate may see and do. */
interface Sight {
  seesNames: boolean;
  /** Null for all. */
  ticketTypeIds: TicketTypeId[] | null;
  /** When its access ends by itself; null for never. */
  expiresAt: Date | null;
}

const sightOf = (caller: DoorCaller): Sight => (isDevice(caller) ? caller.link : ofMember);
const ofMember: Sight = { seesNames: true, ticketTypeIds: null, expiresAt: null };

/** Answers with the signed manifest of an event: full, or what may have changed since a version. */
export async function getDoorManifest(
  app: App,
  call: { caller: DoorCaller; params: { eventId: EventId }; query: { since?: string } },
): Promise<Raw> {
  const { eventId } = call.params;
  const since = parseVersion(call.query.since);
  const known = await readGateKnowledge(app, eventId, since?.version);
  if (!known) throw new Refused('not_found');
  const follows = since && since.identity === known.moment.identity && since.version <= known.version;
  const from = follows && !isNearlyWhole(known, since) ? since : null;
  const bytes = await makeOnce(app, eventId, known, from, call.caller);
  return new Raw(bytes, {
    'content-type': manifestType,
    'content-disposition': `attachment; filename="${eventId}.door"`,
    'cache-control': 'private, no-store',
  });
}

/** A delta with so many tickets is no delta if it has more than an eighth of all. */
const fewTickets = 1000;

/**
 * Decision: whether a delta would have so many tickets that the whole manifest takes its place. All gates share the whole one, so
 * a stranger with a device that asks from every version there ever was makes the server pack it once.
 */
function isNearlyWhole({ tickets }: GateKnowledge, since: Version): boolean {
  const most = Math.max(fewTickets, tickets.length / 8);
  let changed = 0;
  for (const { writtenBy } of tickets) if (writtenBy >= since.version && ++changed > most) return true;
  return false;
}

/** Gates that ask at the same moment for the same things get the same bytes: 60,000 tickets take 100 ms to pack. */
async function makeOnce(
  app: App,
  eventId: EventId,
  known: GateKnowledge,
  since: Version | null,
  caller: DoorCaller,
): Promise<Buffer> {
  const sight = sightOf(caller);
  const { seesNames, ticketTypeIds, expiresAt } = sight;
  const key = JSON.stringify([since?.version, seesNames, ticketTypeIds, expiresAt]);
  const made = known.made.get(key);
  if (made) return made;
  const payer = isDevice(caller) ? caller.link.id : caller.userId;
  const retryAfterSeconds = await app.budgets.spend('manifestsPackedPerLink', payer);
  if (retryAfterSeconds > 0) throw new Refused('rate_limited', { retryAfterSeconds });
  const meanwhile = known.made.get(key);
  if (meanwhile) return meanwhile;
  const making = make(app, eventId, known, since, sight);
  known.made.set(key, making);
  // A failure is not kept.
  making.catch(() => known.made.delete(key));
  return making;
}

async function make(
  app: App,
  eventId: EventId,
  known: GateKnowledge,
  since: Version | null,
  sight: Sight,
): Promise<Buffer> {
  const tickets = known.tickets.flatMap(({ ticket, writtenBy }) =>
    since && writtenBy < since.version ? [] : ticket,
  );
  return app.signer.signManifest(await encodeManifest(headOf(app, eventId, known, since, sight), tickets));
}

function headOf(
  app: App,
  eventId: EventId,
  { moment, version, ticketTypes }: GateKnowledge,
  since: Version | null,
  { seesNames, ticketTypeIds, expiresAt }: Sight,
): Omit<ManifestHead, 'texts'> {
  const now = app.clock.now();
  const untilMs = now.getTime() + app.config.doorManifestHours * 3_600_000;
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
    version: showVersion({ identity: moment.identity, version }),
    since: since && showVersion(since),
    issuedAt: now.toISOString(),
    expiresAt: new Date(Math.min(untilMs, expiresAt?.getTime() ?? untilMs)).toISOString(),
    keys: app.signer.publicKeys(),
    ticketCodes: moment.ticketCodes,
    eventKeys: moment.ticketCodes === 'fixed' ? [] : app.signer.eventKeys(eventId),
    ticketTypes: ticketTypes.map((type) => ({
      ...type,
      doorNote: moment.ticketTypes.find(({ id }) => id === type.id)?.doorNote ?? '',
      isAllowed: ticketTypeIds === null || ticketTypeIds.includes(type.id),
    })),
    rules: moment.rules ?? plainRules,
    disputedOrders: moment.disputedOrders,
    passes: moment.passes,
    hasNames: seesNames,
    hasShortNumbers: false,
  };
}

interface Version {
  identity: string;
  version: number;
}

const showVersion = ({ identity, version }: Version): string => `${identity}-${version}`;

function parseVersion(text: string | undefined): Version | null {
  const [identity, version] = text?.split('-') ?? [];
  return identity === undefined ? null : { identity, version: Number(version) };
}
