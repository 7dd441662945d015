import { minuteOfDay } from '../../zone-times.ts';

const minuteMs = 60_000;
/** Offers run by day between these hours of the event's zone. */
const morning = 9;
const night = 22;

/**
 * Decision: when an offer that is made now ends. By day it lasts `offerMinutes`. At night people sleep, so it lasts
 * until `offerMinutes` after 9:00; but not if that is after the start of the event. It never outlasts the sale.
 */
export function offerEnd(
  event: { timeZone: string; startsAt: Date },
  offerMinutes: number,
  saleEndsAt: Date,
  now: Date,
): Date {
  const atOnceMs = now.getTime() + offerMinutes * minuteMs;
  const minute = minuteOfDay(now, event.timeZone);
  const isDay = minute >= morning * 60 && minute < night * 60;
  let endsMs = atOnceMs;
  if (!isDay) {
    const untilMorning = (morning * 60 - minute + 24 * 60) % (24 * 60);
    const whole = Math.floor(now.getTime() / minuteMs) * minuteMs;
    const nextMs = atHour(whole + untilMorning * minuteMs, event.timeZone) + offerMinutes * minuteMs;
    if (nextMs <= event.startsAt.getTime()) endsMs = Math.max(atOnceMs, nextMs);
  }
  return new Date(Math.min(endsMs, saleEndsAt.getTime()));
}

/** Corrects a time near 9:00 for a change of the clocks in the night. */
function atHour(nearMs: number, timeZone: string): number {
  const off = minuteOfDay(new Date(nearMs), timeZone) - morning * 60;
  return nearMs - off * minuteMs;
}
