import { createHash, randomBytes } from 'node:crypto';
import { Refused } from '../../../contract/errors.ts';
import {
  type EventPreview,
  mostPreviewLinks,
  type NewPreviewLink,
  type PreviewLink,
} from '../../../contract/event-desk.ts';
import type { EventId } from '../../../contract/ids.ts';
import type { App } from '../../app.ts';
import { type ActingCall, noteAct } from '../../data/audit-trail.ts';
import { once, type Retry } from '../../http/idempotency.ts';
import type { Caller } from '../accounts/accounts.ts';
import { toEvent } from './event.ts';
import {
  countValid,
  insertLink,
  type PreviewLinkId,
  type PreviewLinkRow,
  revokeLink,
  selectLink,
  selectLinks,
  selectValidLink,
} from './preview-store.ts';
import { withSaleOf } from './read-events.ts';
import { lockEvent, selectEvent } from './store.ts';

/* Links that show an event before it is published to people without an account. They show, and nothing more. */

const dayMs = 86_400_000;

/** Makes a link. The answer has its secret, of which only the hash is stored. Throws Refused('preview_limit'). */
export async function makePreviewLink(
  app: App,
  call: ActingCall & { caller: Caller; params: { eventId: EventId }; body: NewPreviewLink },
): Promise<{ link: PreviewLink; url: string }> {
  const { caller, body, params } = call;
  const { eventId } = params;
  const now = app.clock.now();
  const id = app.newId('previewLink');
  const secret = randomBytes(32).toString('base64url');
  const link = await app.db.transaction(async (trx) => {
    // The lock makes links of one moment count each other.
    const event = await lockEvent(trx, eventId);
    if (!event) throw new Refused('not_found');
    if ((await countValid(trx, eventId, now)) >= mostPreviewLinks) throw new Refused('preview_limit');
    const expiresAt = new Date(now.getTime() + body.days * dayMs);
    await insertLink(trx, {
      id,
      eventId,
      secretHash: hashOf(secret),
      label: body.label,
      createdBy: caller.userId,
      createdAt: now,
      expiresAt,
    });
    noteAct(app, trx, call, {
      act: 'preview_link.made',
      organisationId: event.organisation_id,
      subject: { type: 'event', id: eventId, title: event.title },
      before: null,
      after: { name: body.label, expiresAt: expiresAt.toISOString() },
    });
    return (await selectLink(trx, id, eventId)) as PreviewLinkRow;
  });
  return { link: show(link), url: `${app.config.publicUrl}/preview/${id}#${secret}` };
}

export async function listPreviewLinks(
  app: App,
  { params }: { params: { eventId: EventId } },
): Promise<{ items: PreviewLink[] }> {
  return { items: (await selectLinks(app.db, params.eventId)).map(show) };
}

/** Ends a link at once. A second call changes nothing. */
export async function revokePreviewLink(
  app: App,
  call: ActingCall & {
    caller: Caller;
    params: { eventId: EventId; previewLinkId: PreviewLinkId };
    retry: Retry | null;
    operation: string;
  },
): Promise<undefined> {
  const { eventId, previewLinkId } = call.params;
  await once(app, call, async (trx) => {
    const event = await lockEvent(trx, eventId);
    const link = event && (await selectLink(trx, previewLinkId, eventId));
    if (!link) throw new Refused('not_found');
    if (link.revoked_at) return null;
    await revokeLink(trx, previewLinkId, app.clock.now());
    noteAct(app, trx, call, {
      act: 'preview_link.revoked',
      organisationId: event.organisation_id,
      subject: { type: 'event', id: eventId, title: event.title },
      before: { name: link.label, expiresAt: link.expires_at.toISOString() },
      after: null,
    });
    return null;
  });
  return undefined;
}

/** Shows an event to whoever has the secret of a valid link. Everything else is not_found. */
export async function previewEvent(
  app: App,
  { params, body }: { params: { previewLinkId: PreviewLinkId }; body: { secret: string } },
): Promise<EventPreview> {
  const now = app.clock.now();
  const link = await selectValidLink(app.db, params.previewLinkId, hashOf(body.secret), now);
  const row = link && (await selectEvent(app.db, link.event_id));
  if (!row || row.removed_at) throw new Refused('not_found');
  return {
    event: toEvent(await withSaleOf(app.db, row, now), now),
    undecided: row.undecided,
    expiresAt: link.expires_at.toISOString(),
  };
}

/** Plain SHA-256 is enough: nobody can guess 256 random bits, even with a fast hash. */
const hashOf = (secret: string): Buffer => createHash('sha256').update(secret).digest();

const show = (row: PreviewLinkRow): PreviewLink => ({
  id: row.id,
  label: row.label,
  createdBy: row.created_by,
  createdAt: row.created_at.toISOString(),
  expiresAt: row.expires_at.toISOString(),
  revokedAt: row.revoked_at?.toISOString() ?? null,
});
