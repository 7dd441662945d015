import type { EventId, OrganisationId } from '../../../contract/ids.ts';
import type { App } from '../../app.ts';
import type { Transaction } from '../../data/db.ts';
import { keepCover, keepProductPictures } from '../pictures/keep-cover.ts';
import { keepLayoutPictures } from '../pictures/keep-for-plan.ts';
import { columnsOf } from './columns-of.ts';
import { defineSale } from './define-sale.ts';
import type { EventDraft } from './draft.ts';
import { giveSlug } from './give-slug.ts';
import { insertEvent } from './store.ts';

/** Writes a checked draft as a new event of an organisation, with what it sells. */
export async function writeDraft(
  app: App,
  trx: Transaction,
  organisationId: OrganisationId,
  draft: EventDraft,
): Promise<EventId> {
  await keepCover(trx, draft.coverUrl, organisationId);
  await keepProductPictures(trx, draft.products, organisationId);
  const id = app.newId('event');
  await insertEvent(trx, {
    id,
    organisation_id: organisationId,
    slug: await giveSlug(trx, draft.title, id),
    status: 'draft',
    version: 1,
    ...columnsOf(draft),
    moved_from: null,
    published_at: null,
    created_at: app.clock.now(),
    archived_at: null,
  });
  await keepLayoutPictures(trx, draft.seatLayout, organisationId, id);
  await defineSale(app, trx, id, draft, { unseen: true });
  return id;
}
