import type { PictureId } from '../../../../contract/ids.ts';
import { rowOf, type SeatModel } from './seat-model.ts';
import { seatName } from './seat-names.ts';

/** A photo of the view from a seat, or else from its section. */
export interface Photo {
  id: PictureId;
  /** Where it was taken, as a person calls it. */
  from: string;
}

/** The photo to show for a seat; null if there is none. */
export function photoOf(model: SeatModel, seat: number): Photo | null {
  const row = rowOf(model, seat);
  const own = row.seats[seat - row.first]?.photo;
  if (own) return { id: own, from: seatName(model, seat) };
  const photo = model.map.sections[row.section]?.photo;
  return photo ? { id: photo, from: row.sectionName } : null;
}

export const hasPhotos = ({ map: { sections } }: SeatModel): boolean =>
  sections.some(({ photo, rows }) => photo || rows.some(({ seats }) => seats.some((seat) => seat.photo)));
