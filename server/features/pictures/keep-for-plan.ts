import { Refused } from '../../../contract/errors.ts';
import type { EventId, OrganisationId, PictureId, SeatPlanId } from '../../../contract/ids.ts';
import type { SeatLayout } from '../../../contract/layout.ts';
import type { Transaction } from '../../data/db.ts';
import { keepForPlan } from './store.ts';

/** The most pictures of one plan. */
const mostPictures = 200;

/**
 * Keeps the pictures that a seat plan of this organisation shows. Throws Refused('invalid_request') if the plan has too many, or one
 * that is none of the organisation's.
 */
export async function keepPlanPictures(
  trx: Transaction,
  ids: ReadonlySet<PictureId>,
  organisationId: OrganisationId,
  owner: { eventId: EventId } | { planId: SeatPlanId },
  path = 'body.plan',
): Promise<void> {
  const message =
    ids.size > mostPictures
      ? `shows more than ${mostPictures} pictures`
      : (await keepForPlan(trx, [...ids], organisationId, owner))
        ? null
        : 'shows a picture that is none of this organisation: upload it first';
  if (!message) return;
  throw new Refused('invalid_request', {
    detail: `${path}: ${message}`,
    issues: [{ path, message }],
  });
}

/** The same for the photos of the view in the seat layout of an event. */
export async function keepLayoutPictures(
  trx: Transaction,
  layout: SeatLayout | null,
  organisationId: OrganisationId,
  eventId: EventId,
): Promise<void> {
  const photos = (layout?.sections ?? []).flatMap(({ photo, rows }) => [
    photo,
    ...rows.flatMap(({ notes }) => notes?.map((note) => note.photo)),
  ]);
  const ids = new Set(photos.flatMap((id) => (id ? [id as PictureId] : [])));
  await keepPlanPictures(trx, ids, organisationId, { eventId }, 'body.seatLayout');
}
