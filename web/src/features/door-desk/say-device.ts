import type { DoorDevice } from '../../../../contract/door-links.ts';
import { locale } from '../../ui/language.ts';
import { t } from './words.ts';

/** A device speaks every half minute. After three silent ones something is wrong: no network, no battery, or it is put away. */
const silentMs = 100_000;
/** A clock that is this far off makes the times of offline scans doubtful. Admit corrects them, and the team should know. */
const wrongClockMs = 60_000;

export const isSilent = ({ lastSeenAt }: Pick<DoorDevice, 'lastSeenAt'>, nowMs: number): boolean =>
  nowMs - Date.parse(lastSeenAt) > silentMs;

/** "3 minutes ago", in the reader's language. */
export function sayAgo(at: string, nowMs: number): string {
  const seconds = Math.max(0, Math.round((nowMs - Date.parse(at)) / 1000));
  const format = new Intl.RelativeTimeFormat(locale(), { numeric: 'always' });
  if (seconds < 60) return t('justNow');
  if (seconds < 3600) return format.format(-Math.floor(seconds / 60), 'minute');
  if (seconds < 86_400) return format.format(-Math.floor(seconds / 3600), 'hour');
  return format.format(-Math.floor(seconds / 86_400), 'day');
}

/** How wrong the device's clock is, in whole minutes; null if it is right enough. */
export function sayClock(skewMs: number | null): string | null {
  if (skewMs === null || Math.abs(skewMs) < wrongClockMs) return null;
  const count = Math.round(Math.abs(skewMs) / 60_000);
  return t(skewMs > 0 ? 'clockAhead' : 'clockBehind', { count });
}

export function sayBattery({ batteryPercent, isCharging }: DoorDevice): string | null {
  if (batteryPercent === null) return null;
  const percent = new Intl.NumberFormat(locale(), { style: 'percent' }).format(batteryPercent / 100);
  return t(isCharging ? 'charging' : 'battery', { percent });
}
