import { Refused } from '../../../contract/errors.ts';
import { inGroups } from '../../../contract/iban.ts';
import type { EventId, OrganisationId } from '../../../contract/ids.ts';
import type { BankAccount, EventWays, OrganisationWays } from '../../../contract/pay-way-fields.ts';
import type { EventPayWays, OrganisationPayWays } from '../../../contract/pay-ways.ts';
import type { App } from '../../app.ts';
import { type ActingCall, noteAct } from '../../data/audit-trail.ts';
import type { Queryable } from '../../data/db.ts';
import type { Call } from '../../http/bind.ts';
import { once } from '../../http/idempotency.ts';
import { organisationOf } from '../sale/organisation-of.ts';
import {
  findEventWays,
  findOrganisationWays,
  lockWays,
  type StoredWays,
  writeEventWays,
  writeOrganisationWays,
} from './store.ts';

export const getOrganisationPayWays = (
  app: App,
  call: { params: { organisationId: OrganisationId } },
): Promise<OrganisationPayWays> => findOrganisationWays(app.db, call.params.organisationId);

/** Replaces what an organisation offers, if its version is still the one that the caller saw. */
export async function putOrganisationPayWays(
  app: App,
  call: ActingCall & Call<{ organisationId: OrganisationId }, unknown, OrganisationWays, 'team'>,
): Promise<OrganisationPayWays> {
  const { organisationId } = call.params;
  const ways = call.body;
  if (ways.bankTransfer && !ways.account) throw new Refused('account_missing');
  return once(app, call, async (trx) => {
    await lockWays(trx, organisationId);
    const before = await findOrganisationWays(trx, organisationId);
    refuseStale(before, call.ifMatch);
    const after = { version: before.version + 1, ways };
    writeOrganisationWays(trx, organisationId, after, app.clock.now());
    noteAct(app, trx, call, {
      act: 'ways_to_pay.changed',
      organisationId,
      subject: { type: 'organisation', id: organisationId },
      before: fieldsOf(before.ways),
      after: fieldsOf(ways),
    });
    return after;
  });
}

export async function getEventPayWays(
  app: App,
  call: { params: { eventId: EventId } },
): Promise<EventPayWays> {
  return showEventWays(app.db, await ownerOf(app, call.params.eventId), call.params.eventId);
}

/** Replaces what an event offers of its own, or has it follow its organisation. */
export async function putEventPayWays(
  app: App,
  call: ActingCall & Call<{ eventId: EventId }, unknown, { own: EventWays | null }, 'team'>,
): Promise<EventPayWays> {
  const { eventId } = call.params;
  const { own } = call.body;
  const organisationId = await ownerOf(app, eventId);
  return once(app, call, async (trx) => {
    await lockWays(trx, eventId);
    const before = await findEventWays(trx, eventId);
    refuseStale(before, call.ifMatch);
    if (own?.bankTransfer && !(await findOrganisationWays(trx, organisationId)).ways.account)
      throw new Refused('account_missing');
    writeEventWays(trx, eventId, { version: before.version + 1, ways: own }, app.clock.now());
    noteAct(app, trx, call, {
      act: 'ways_to_pay.changed',
      organisationId,
      subject: { type: 'event', id: eventId },
      before: before.ways && fieldsOf(before.ways),
      after: own && fieldsOf(own),
    });
    return showEventWays(trx, organisationId, eventId);
  });
}

function refuseStale({ version }: StoredWays<unknown>, seen: number | undefined): void {
  if (version !== seen) throw new Refused('version_mismatch', version > 0 ? { version } : {});
}

async function ownerOf(app: App, eventId: EventId): Promise<OrganisationId> {
  const organisationId = await organisationOf(app, eventId);
  if (!organisationId) throw new Refused('not_found');
  return organisationId;
}

async function showEventWays(
  db: Queryable,
  organisationId: OrganisationId,
  eventId: EventId,
): Promise<EventPayWays> {
  const [{ version, ways: own }, { ways }] = await Promise.all([
    findEventWays(db, eventId),
    findOrganisationWays(db, organisationId),
  ]);
  const { account, ...organisation } = ways;
  return { version, own, organisation, hasAccount: account !== null };
}

/** In the words of the audit log. The account is masked, because everybody on the team may read the log. */
const fieldsOf = ({
  bankTransfer,
  unpaid,
  account,
}: EventWays & { account?: OrganisationWays['account'] }) => ({
  ...(account !== undefined && { account: account && masked(account) }),
  bankTransfer: bankTransfer && { ...bankTransfer },
  unpaid: { ...unpaid },
});

const masked = ({ holder, iban }: BankAccount): string =>
  `${holder}, ${inGroups(`${iban.slice(0, 4)}${'•'.repeat(iban.length - 8)}${iban.slice(-4)}`)}`;
