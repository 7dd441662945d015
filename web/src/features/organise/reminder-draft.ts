import { t } from './words.ts';

/** Whether a reminder is sent, by its hours before the start: `{ h24: true }`. A name of digits alone would be an index of a list. */
export type ReminderDraft = Record<string, boolean>;

/** What the form offers: a week, two days, a day, three hours. */
const offered = [168, 48, 24, 3];

export const reminderDraftOf = (hours: readonly number[]): ReminderDraft =>
  Object.fromEntries([...offered, ...hours].map((ahead) => [`h${ahead}`, hours.includes(ahead)]));

/** The hours of a draft's names, the farthest first. */
const aheadOf = (name: string): number => Number(name.slice(1));
export const reminderNames = (draft: ReminderDraft): string[] =>
  Object.keys(draft).sort((a, b) => aheadOf(b) - aheadOf(a));

export const reminderHoursOf = (draft: ReminderDraft): number[] =>
  reminderNames(draft)
    .filter((name) => draft[name])
    .map(aheadOf);

/** `1 day before`. */
export function sayReminder(name: string): string {
  const hours = aheadOf(name);
  return hours % 24 === 0 ? t('reminderDays', { days: hours / 24 }) : t('reminderHours', { hours });
}
