import type { TranslationOf } from '../../ui/words.ts';
import type en from './en.ts';

const fr = {
  until: 'jusqu’au {when}',
  leftAtPrice: '{count, plural, one {encore # à ce prix} other {encore # à ce prix}}',
  next: 'puis {price}',
  thenFree: 'puis gratuit',
  group: 'À partir de {from} billets : {price} chacun',
  atLeast: 'Au moins {count} par commande',
  ownPriceFor: 'Votre prix pour {type} ({currency})',
  fromPrice: 'Au moins {price}. Les codes promo ne le réduisent pas.',
  orFree: '0, ou au moins {price}. Les codes promo ne le réduisent pas.',
  wrongPrice: 'Indiquez un prix d’au moins {price}.',
  wrongOrFree: 'Indiquez 0, ou un prix d’au moins {price}.',
} as const;

export default fr satisfies TranslationOf<typeof en, typeof fr>;
