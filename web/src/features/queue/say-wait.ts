import { roundedMinutes } from './estimate.ts';
import { t } from './words.ts';

/** `2 hours 15 minutes`. */
export function sayMinutes(minutes: number): string {
  const hours = Math.floor(minutes / 60);
  const rest = minutes % 60;
  if (hours === 0) return t('minutes', { count: rest });
  if (rest === 0) return t('hours', { count: hours });
  return t('hoursMinutes', { hours: t('hours', { count: hours }), minutes: t('minutes', { count: rest }) });
}

/** How long it takes until the turn, as a sentence. */
export const sayTurn = (ms: number): string =>
  ms < 60_000 ? t('turnSoon') : t('turnIn', { wait: sayMinutes(roundedMinutes(ms)) });
