import type { z } from 'zod';
import { type Checkpoint, type DoorRules, plainRules } from '../../../contract/door-rules.ts';
import type { DoorSettings, doorSettingsBodySchema } from '../../../contract/door-settings.ts';
import { Refused } from '../../../contract/errors.ts';
import type { EventId } from '../../../contract/ids.ts';
import type { App } from '../../app.ts';
import { type ActingCall, type Fields, noteAct } from '../../data/audit-trail.ts';
import type { Queryable } from '../../data/db.ts';
import type { Call } from '../../http/bind.ts';
import { once } from '../../http/idempotency.ts';
import { requireNoLinkBesides } from '../door-links/require-no-link-besides.ts';
import { organisationOf } from '../sale/organisation-of.ts';
import { readTicketTypes } from '../sale/read-terms.ts';
import { readRules, rulesOf } from './read-rules.ts';
import { beginRules, lockRules, replaceCheckpoints, updateRules } from './rules-store.ts';

type Body = z.output<typeof doorSettingsBodySchema>;

export async function getDoorSettings(
  app: App,
  call: { params: { eventId: EventId } },
): Promise<DoorSettings> {
  const { extras: _, ...settings } = await readRules(app.db, call.params.eventId);
  return settings;
}

/** Replaces the rules of a door if their version is still the one that the caller saw. */
export async function putDoorSettings(
  app: App,
  call: ActingCall & Call<{ eventId: EventId }, unknown, Body, 'team'>,
): Promise<DoorSettings> {
  const { eventId } = call.params;
  const organisationId = await organisationOf(app, eventId);
  return once(app, call, async (trx) => {
    const now = app.clock.now();
    beginRules(trx, eventId, plainRules, now);
    const before = await rulesOf(trx, eventId, await lockRules(trx, eventId));
    if (before.version !== call.ifMatch)
      throw new Refused('version_mismatch', before.version > 0 ? { version: before.version } : {});
    const after: DoorRules = {
      ...call.body,
      checkpoints: call.body.checkpoints.map((given) => decideCheckpoint(app, given, before.checkpoints)),
    };
    await requireTicketTypes(trx, eventId, after.checkpoints);
    const version = before.version + 1;
    updateRules(trx, eventId, after, version, now);
    replaceCheckpoints(trx, eventId, after.checkpoints, now);
    const kept = after.checkpoints.map(({ id }) => id);
    await requireNoLinkBesides(trx, eventId, kept, now);
    noteAct(app, trx, call, {
      act: 'door.settings_changed',
      organisationId,
      subject: { type: 'event', id: eventId },
      before: toFields(before),
      after: toFields(after),
    });
    return { ...after, version };
  });
}

/** Gives a new checkpoint its id. What was used at a checkpoint depends on its kind, so a kind stays. */
function decideCheckpoint(
  app: Pick<App, 'newId'>,
  { id, ...given }: Body['checkpoints'][number],
  before: Checkpoint[],
): Checkpoint {
  if (!id) return { ...given, id: app.newId('checkpoint') };
  const known = before.find((each) => each.id === id);
  if (!known) throw new Refused('invalid_request', { detail: `This event has no checkpoint ${id}.` });
  if (known.kind !== given.kind)
    throw new Refused('invalid_request', {
      detail: `The checkpoint ${known.name} stays of the kind ${known.kind}.`,
    });
  return { ...given, id };
}

async function requireTicketTypes(
  trx: Queryable,
  eventId: EventId,
  checkpoints: Checkpoint[],
): Promise<void> {
  const asked = new Set(checkpoints.flatMap(({ ticketTypeIds }) => ticketTypeIds ?? []));
  if (asked.size === 0) return;
  const types = (await readTicketTypes(trx, [eventId])).get(eventId) ?? [];
  for (const { id } of types) asked.delete(id);
  const [unknown] = asked;
  if (unknown) throw new Refused('unknown_ticket_type', { ticketTypeId: unknown });
}

const toFields = ({
  reEntry,
  insideLimit,
  warnInsideAt,
  disputed,
  dayStartsHour,
  checkpoints,
}: DoorRules): Fields => ({
  reEntry,
  insideLimit,
  warnInsideAt,
  disputed,
  dayStartsHour,
  checkpoints: Object.fromEntries(checkpoints.map(({ id, name, ...rest }) => [name, { ...rest }] as const)),
});
