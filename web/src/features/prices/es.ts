import type { TranslationOf } from '../../ui/words.ts';
import type en from './en.ts';

const es = {
  until: 'hasta el {when}',
  leftAtPrice: '{count, plural, one {queda # a este precio} other {quedan # a este precio}}',
  next: 'después {price}',
  thenFree: 'después gratis',
  group: 'Desde {from} entradas: {price} cada una',
  atLeast: 'Al menos {count} por pedido',
  ownPriceFor: 'Tu precio para {type} ({currency})',
  fromPrice: 'Al menos {price}. Los códigos promocionales no lo reducen.',
  orFree: '0, o al menos {price}. Los códigos promocionales no lo reducen.',
  wrongPrice: 'Escribe un precio de al menos {price}.',
  wrongOrFree: 'Escribe 0, o un precio de al menos {price}.',
} as const;

export default es satisfies TranslationOf<typeof en, typeof es>;
