import type { QuietHours } from '../../../contract/message-choices.ts';
import { minuteOfDay } from '../../zone-times.ts';

const minutesOf = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5));
const dayMinutes = 1440;

/**
 * Decision: when the quiet hours end in which `now` lies; null if it lies in none. They may pass midnight. If the clocks change
 * meanwhile, the answer is an hour off, and whoever waited asks again.
 */
export function quietUntil(now: Date, { from, until, timeZone }: QuietHours): Date | null {
  const since = (minuteOfDay(now, timeZone) - minutesOf(from) + dayMinutes) % dayMinutes;
  const length = (minutesOf(until) - minutesOf(from) + dayMinutes) % dayMinutes;
  if (since >= length) return null;
  const minuteMs = 60_000;
  const startOfMinute = now.getTime() - (now.getTime() % minuteMs);
  return new Date(startOfMinute + (length - since) * minuteMs);
}
