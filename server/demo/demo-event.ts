import type { z } from 'zod';
import type { newEventSchema } from '../../contract/events.ts';
import { offsetsIn } from '../zone-times.ts';

type NewEventInput = z.input<typeof newEventSchema>;

/** The organisers of the demo's events. The first three belong to the demo organiser. */
export const houses = {
  nachtschicht: 'Nachtschicht Kollektiv',
  aldwater: 'Aldwater Theatre',
  northlight: 'Northlight Live',
  kammerton: 'Kammerton Concerts',
  commons: 'The Commons Programme',
} as const;

/** One event of the demo, with times relative to the day on which the demo is filled. */
export interface DemoEvent {
  house: keyof typeof houses;
  /** The name of its picture in web/public/covers, without the extension. */
  cover: string;
  /** This many weeks ahead, on this day of the week (1 is Monday), at this local time. */
  when: { inWeeks: number; weekday: number; at: string; hours: number; doorsMinutesBefore?: number };
  /** Places of the first ticket type that are sold when the demo begins. */
  sold?: number;
  event: Omit<NewEventInput, 'organisationId' | 'startsAt' | 'endsAt' | 'doorsAt' | 'coverUrl'> & {
    timeZone: string;
  };
}

/** Paragraphs as a description has them. */
export const paragraphs = (...texts: string[]): string => texts.join('\n\n');

const dayMs = 86_400_000;

/** The instant of a local time on a weekday that is this many weeks ahead. */
export function instantOf(now: Date, when: DemoEvent['when'], timeZone: string): Date {
  const today = Math.floor(now.getTime() / dayMs) * dayMs;
  const monday = today - ((now.getUTCDay() + 6) % 7) * dayMs;
  const day = monday + (when.inWeeks * 7 + when.weekday - 1) * dayMs;
  const [hours = 0, minutes = 0] = when.at.split(':').map(Number);
  const wallMs = day + (hours * 60 + minutes) * 60_000;
  // The offset depends on the instant and the instant on the offset, so the second guess is right.
  const offsetAt = offsetsIn(timeZone);
  const guess = wallMs - offsetAt(new Date(wallMs));
  return new Date(wallMs - offsetAt(new Date(guess)));
}
