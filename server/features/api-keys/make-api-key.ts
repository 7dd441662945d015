import { mostApiKeys, type NewApiKey } from '../../../contract/api-keys.ts';
import { Refused } from '../../../contract/errors.ts';
import type { EventId, OrganisationId } from '../../../contract/ids.ts';
import type { App } from '../../app.ts';
import { type ActingCall, noteAct } from '../../data/audit-trail.ts';
import type { Caller } from '../accounts/accounts.ts';
import { readNames } from '../accounts/read-names.ts';
import { organisationOf } from '../sale/organisation-of.ts';
import { auditKey, showKey } from './api-key.ts';
import { hashOf, hintOf, makeSecret } from './secret.ts';
import { countValidKeys, insertKey, type KeyRow } from './store.ts';

/** Makes a key. The answer has its secret, which is not stored. */
export async function makeApiKey(
  app: App,
  call: ActingCall & { caller: Caller; params: { organisationId: OrganisationId }; body: NewApiKey },
) {
  const { caller, body } = call;
  const { organisationId } = call.params;
  const now = app.clock.now();
  const expiresAt = body.expiresAt ? new Date(body.expiresAt) : null;
  if (expiresAt && expiresAt <= now) refuseEnd();
  const eventIds = body.eventIds ? [...new Set(body.eventIds)] : null;
  if (eventIds) await requireOwnEvents(app, organisationId, eventIds);
  const secret = makeSecret();
  const key: KeyRow = {
    id: app.newId('apiKey'),
    organisationId,
    name: body.name,
    hint: hintOf(secret),
    scopes: body.scopes,
    eventIds,
    madeBy: caller.userId,
    createdAt: now,
    expiresAt,
    lastUsedAt: null,
    rotatedAt: null,
    oldUntil: null,
    revokedAt: null,
  };
  await app.db.transaction(async (trx) => {
    if ((await countValidKeys(trx, organisationId, now)) >= mostApiKeys)
      throw new Refused('too_many_api_keys');
    await insertKey(trx, { ...key, secretHash: hashOf(secret) });
    noteAct(app, trx, call, {
      act: 'api_key.made',
      organisationId,
      subject: { type: 'api_key', id: key.id, title: key.name },
      before: null,
      after: auditKey(key),
    });
  });
  return { key: showKey(key, await readNames(app.db, [caller.userId]), now), secret };
}

function refuseEnd(): never {
  const message = 'must be later than now';
  throw new Refused('invalid_request', {
    detail: `body.expiresAt: ${message}`,
    issues: [{ path: 'body.expiresAt', message }],
  });
}

/** Events of other organisations are unknown here. */
async function requireOwnEvents(
  app: App,
  organisationId: OrganisationId,
  eventIds: EventId[],
): Promise<void> {
  const foreign: EventId[] = [];
  for (const id of eventIds) if ((await organisationOf(app, id)) !== organisationId) foreign.push(id);
  if (foreign.length === 0) return;
  throw new Refused('unknown_event', {
    detail: `This organisation has no event ${foreign.slice(0, 5).join(', ')}.`,
    events: foreign,
  });
}
