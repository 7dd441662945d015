import type { TranslationOf } from '../../ui/words.ts';
import type en from './en.ts';

const de = {
  until: 'bis {when}',
  leftAtPrice: '{count, plural, one {noch # zu diesem Preis} other {noch # zu diesem Preis}}',
  next: 'danach {price}',
  thenFree: 'danach kostenlos',
  group: 'Ab {from} Tickets: je {price}',
  atLeast: 'Mindestens {count} in einer Bestellung',
  ownPriceFor: 'Dein Preis für {type} ({currency})',
  fromPrice: 'Mindestens {price}. Promo-Codes senken ihn nicht.',
  orFree: '0 oder mindestens {price}. Promo-Codes senken ihn nicht.',
  wrongPrice: 'Gib einen Preis von mindestens {price} ein.',
  wrongOrFree: 'Gib 0 oder einen Preis von mindestens {price} ein.',
} as const;

export default de satisfies TranslationOf<typeof en, typeof de>;
