import type { ReadAs } from '../../../contract/read-as.ts';
import { foldName, namesOfPlace } from './find-places.ts';
import type { Wanted } from './find-words.ts';

/** A part of a search: an event has to match one of the spellings, or be on one of the days. */
export interface Group {
  /** As it was typed, with single spaces. */
  typed: string;
  spellings: Wanted;
  days: { first: string; last: string } | null;
  /** Set where the words stand for a filter. */
  readAs: ReadAs['as'] | null;
  /** Set where the text was taken as it stands: only then may it be misspelt. */
  plain: boolean;
}

// In the five languages of the web app.
const filters: Record<ReadAs['as'], string[]> = {
  free: [
    ...['free', 'kostenlos', 'gratis', 'umsonst', 'eintritt frei', 'freier eintritt', 'gratuito', 'gratuita'],
    ...['entrada libre', 'gratuit', 'gratuite', 'entrée libre', 'مجاني', 'مجانا', 'مجانية', 'free entry'],
  ],
  today: [
    ...['today', 'tonight', 'heute', 'heute abend', 'heute nacht', 'hoy', 'esta noche', 'esta tarde'],
    ...["aujourd'hui", 'ce soir', 'cette nuit', 'اليوم', 'الليلة', 'هذا المساء', 'this evening'],
  ],
  tomorrow: [
    ...['tomorrow', 'tomorrow night', 'morgen', 'morgen abend', 'mañana', 'demain', 'demain soir', 'غدا'],
  ],
  weekend: [
    ...['weekend', 'this weekend', 'wochenende', 'dieses wochenende', 'am wochenende', 'fin de semana'],
    ...['este fin de semana', 'week-end', 'ce week-end', 'ce weekend', 'نهاية الأسبوع', 'عطلة نهاية الأسبوع'],
  ],
};
const filterOf = new Map(
  Object.entries(filters).flatMap(([as, words]) =>
    words.map((word) => [foldName(word), as as ReadAs['as']] as const),
  ),
);

/** Words that say nothing beside a filter or a place: "free events in vienna". */
const fillers = new Set(
  [
    ...[
      'event',
      'events',
      'in',
      'near',
      'veranstaltung',
      'veranstaltungen',
      'evento',
      'eventos',
      'en',
      'à',
      'au',
    ],
    ...['événement', 'événements', 'فعاليات', 'في'],
  ].map(foldName),
);

/** The longest name or phrase that is looked for, in words. */
const longest = 4;

/**
 * What the parts of a search mean. A filter never hides an event that has the words in its title: "free" finds free events
 * and "Free Jazz". A city is found by its names in other languages.
 */
export function understand(parts: string[], today: string): Group[] {
  const groups: Group[] = [];
  for (let i = 0; i < parts.length; ) {
    const [group, length] = longestAt(parts, i, today);
    groups.push(group);
    i += length;
  }
  const telling = groups.filter(({ typed, plain }) => !plain || !fillers.has(foldName(typed)));
  return telling.some(({ plain }) => !plain) ? telling : groups;
}

function longestAt(parts: string[], at: number, today: string): [Group, number] {
  for (let length = Math.min(longest, parts.length - at); length > 0; length--) {
    const typed = parts.slice(at, at + length).join(' ');
    const as = filterOf.get(foldName(typed));
    if (as) return [asFilter(typed, as, today), length];
    const names = namesOfPlace(typed);
    if (names.length > 0) {
      const places = names.map((text): Wanted[number] => ({ kind: 'place', text }));
      const spellings: Wanted = [{ kind: 'text', text: typed }, ...places];
      return [{ typed, spellings, days: null, readAs: null, plain: false }, length];
    }
  }
  const typed = parts[at] ?? '';
  return [{ typed, spellings: [{ kind: 'text', text: typed }], days: null, readAs: null, plain: true }, 1];
}

function asFilter(typed: string, as: ReadAs['as'], today: string): Group {
  const title = { kind: 'title', text: typed } as const;
  const spellings: Wanted = as === 'free' ? [title, { kind: 'free', text: '' }] : [title];
  return { typed, spellings, days: as === 'free' ? null : daysOf(as, today), readAs: as, plain: false };
}

/** Days as `2027-01-15`. On a Saturday or Sunday the weekend is the one that runs. */
function daysOf(as: 'today' | 'tomorrow' | 'weekend', today: string): { first: string; last: string } {
  const noon = new Date(`${today}T12:00:00Z`);
  // Monday is 0.
  const weekday = (noon.getUTCDay() + 6) % 7;
  const [first, last] = {
    today: [0, 0] as const,
    tomorrow: [1, 1] as const,
    weekend: [Math.max(5 - weekday, 0), 6 - weekday] as const,
  }[as];
  const after = (days: number) => new Date(noon.getTime() + days * 86_400_000).toISOString().slice(0, 10);
  return { first: after(first), last: after(last) };
}
