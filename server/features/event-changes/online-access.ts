import type { z } from 'zod';
import { Refused } from '../../../contract/errors.ts';
import type { EventId } from '../../../contract/ids.ts';
import { type Language, languages } from '../../../contract/languages.ts';
import type * as contract from '../../../contract/online.ts';
import type { App } from '../../app.ts';
import { type ActingCall, digestOf, type Fields, noteAct } from '../../data/audit-trail.ts';
import type { Transaction } from '../../data/db.ts';
import type { Call } from '../../http/bind.ts';
import { once } from '../../http/idempotency.ts';
import { spendKept } from '../../http/kept-budgets.ts';
import { lacksPlace, refuseWhenLacking } from '../catalog/publishable.ts';
import { touchEvent } from '../catalog/touch-event.ts';
import { tellHolders } from '../notifications/tell-holders.ts';
import { letterWords } from '../notifications/words.ts';
import { readOnlineAccess, writeOnlineAccess } from '../sale/online-access.ts';

type Body = z.output<NonNullable<typeof contract.putOnlineAccess.body>>;
type PutCall = Call<{ eventId: EventId }, undefined, Body, 'team'> & ActingCall;
type Put = contract.OnlineAccess & { told: number };

export const getOnlineAccess = (
  app: App,
  call: { params: { eventId: EventId } },
): Promise<contract.OnlineAccess> => readOnlineAccess(app.db, call.params.eventId);

/**
 * Says how people attend an event. The version of the event rises too, so every process reads its sale again and shows holders the new
 * link. The link is a secret of the holders: the audit log and the mail that tells of it do not have it.
 */
export async function putOnlineAccess(app: App, call: PutCall): Promise<Put> {
  const { tellHolders: _, ...given } = call.body;
  const access =
    given.attendance === 'in-person' ? { attendance: given.attendance, url: null, note: '' } : given;
  // A retry has the same body. So the stored answer needs no link, which would outlive the link itself.
  return { ...access, ...(await change(app, call, access)) };
}

function change(
  app: App,
  call: PutCall,
  access: Omit<contract.OnlineAccess, 'version'>,
): Promise<Pick<Put, 'version' | 'told'>> {
  const { eventId } = call.params;
  const tells = call.body.tellHolders && access.attendance !== 'in-person';
  return once(app, call, async (trx) => {
    const event = await touchEvent(trx, eventId);
    if (event.status === 'cancelled') throw new Refused('event_cancelled');
    const { venue_name: name, city, country } = event;
    // What is on sale says where it takes place, or that it does so online.
    if (event.status === 'published')
      refuseWhenLacking(lacksPlace({ venue: { name, city, country }, attendance: access.attendance }));
    const before = await readOnlineAccess(trx, eventId);
    if (before.version !== call.ifMatch)
      throw new Refused('version_mismatch', before.version > 0 ? { version: before.version } : {});
    const after = { ...access, version: before.version + 1 };
    writeOnlineAccess(trx, eventId, after, app.clock.now());
    const told = tells ? await tell(app, trx, call, event.title) : 0;
    noteAct(app, trx, call, {
      act: 'event.online_changed',
      organisationId: event.organisation_id,
      subject: { type: 'event', id: eventId, title: event.title },
      before: toFields(before),
      after: { ...toFields(after), ...(told > 0 && { recipients: told }) },
    });
    return { version: after.version, told };
  });
}

async function tell(app: App, trx: Transaction, call: PutCall, title: string): Promise<number> {
  const { eventId } = call.params;
  const texts = (Object.keys(languages) as Language[]).map((language) => {
    const t = letterWords(language);
    return { language, subject: t('newLinkSubject', { event: title }).slice(0, 150), text: t('newLinkText') };
  });
  const told = await tellHolders(app, trx, { eventId, createdBy: call.caller.userId, texts });
  if (told === 0) return 0;
  const context = { db: trx, clock: app.clock, config: app.config };
  const retryAfterSeconds = await spendKept(context, 'broadcastsPerEvent', eventId);
  if (retryAfterSeconds > 0) throw new Refused('rate_limited', { retryAfterSeconds });
  return told;
}

const toFields = ({ attendance, url, note }: contract.OnlineAccess): Fields => ({
  attendance,
  // Whoever reads the log learns that the link changed, and not the link.
  joinUrl: url === null ? null : digestOf(url),
  message: note === '' ? null : digestOf(note),
});
