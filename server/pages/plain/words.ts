import type { Language } from '../../../contract/languages.ts';
import { formatMoney, type Money } from '../../../contract/money.ts';
import { shownZone } from '../../../contract/zones.ts';
import buyAr from '../../../web/src/features/buy/ar.ts';
import buyDe from '../../../web/src/features/buy/de.ts';
import buyEn from '../../../web/src/features/buy/en.ts';
import buyEs from '../../../web/src/features/buy/es.ts';
import buyFr from '../../../web/src/features/buy/fr.ts';
import checkoutAr from '../../../web/src/features/checkout/ar.ts';
import checkoutDe from '../../../web/src/features/checkout/de.ts';
import checkoutEn from '../../../web/src/features/checkout/en.ts';
import checkoutEs from '../../../web/src/features/checkout/es.ts';
import checkoutFr from '../../../web/src/features/checkout/fr.ts';
import extrasAr from '../../../web/src/features/extras/ar.ts';
import extrasDe from '../../../web/src/features/extras/de.ts';
import extrasEn from '../../../web/src/features/extras/en.ts';
import extrasEs from '../../../web/src/features/extras/es.ts';
import extrasFr from '../../../web/src/features/extras/fr.ts';
import pricesAr from '../../../web/src/features/prices/ar.ts';
import pricesDe from '../../../web/src/features/prices/de.ts';
import pricesEn from '../../../web/src/features/prices/en.ts';
import pricesEs from '../../../web/src/features/prices/es.ts';
import pricesFr from '../../../web/src/features/prices/fr.ts';
import problemsAr from '../../../web/src/features/problems/ar.ts';
import problemsDe from '../../../web/src/features/problems/de.ts';
import problemsEn from '../../../web/src/features/problems/en.ts';
import problemsEs from '../../../web/src/features/problems/es.ts';
import problemsFr from '../../../web/src/features/problems/fr.ts';
import promoAr from '../../../web/src/features/promo/ar.ts';
import promoDe from '../../../web/src/features/promo/de.ts';
import promoEn from '../../../web/src/features/promo/en.ts';
import promoEs from '../../../web/src/features/promo/es.ts';
import promoFr from '../../../web/src/features/promo/fr.ts';
import questionsAr from '../../../web/src/features/questions/ar.ts';
import questionsDe from '../../../web/src/features/questions/de.ts';
import questionsEn from '../../../web/src/features/questions/en.ts';
import questionsEs from '../../../web/src/features/questions/es.ts';
import questionsFr from '../../../web/src/features/questions/fr.ts';
import walletAr from '../../../web/src/features/wallet/ar.ts';
import walletDe from '../../../web/src/features/wallet/de.ts';
import walletEn from '../../../web/src/features/wallet/en.ts';
import walletEs from '../../../web/src/features/wallet/es.ts';
import walletFr from '../../../web/src/features/wallet/fr.ts';
import { words } from '../../words.ts';
import ar from './ar.ts';
import de from './de.ts';
import en from './en.ts';
import es from './es.ts';
import fr from './fr.ts';

/* These pages say what the app's own pages say, from the same catalogues, and little else. */
const plain = words({ en, de, es, fr, ar });
const buy = words({
  en: { ...buyEn, ...checkoutEn },
  de: { ...buyDe, ...checkoutDe },
  es: { ...buyEs, ...checkoutEs },
  fr: { ...buyFr, ...checkoutFr },
  ar: { ...buyAr, ...checkoutAr },
});
const wallet = words({ en: walletEn, de: walletDe, es: walletEs, fr: walletFr, ar: walletAr });
const extras = words({ en: extrasEn, de: extrasDe, es: extrasEs, fr: extrasFr, ar: extrasAr });
const promo = words({ en: promoEn, de: promoDe, es: promoEs, fr: promoFr, ar: promoAr });
const questions = words({
  en: questionsEn,
  de: questionsDe,
  es: questionsEs,
  fr: questionsFr,
  ar: questionsAr,
});
const prices = words({ en: pricesEn, de: pricesDe, es: pricesEs, fr: pricesFr, ar: pricesAr });
const problems = words({
  en: problemsEn,
  de: problemsDe,
  es: problemsEs,
  fr: problemsFr,
  ar: problemsAr,
});

export const problemWords: Record<string, unknown> = problemsEn;

/** Everything that depends on the reader's language. */
export function speak(language: Language) {
  const locale = language === 'en' ? 'en-GB' : `${language}-u-nu-latn`;
  const format = (instant: string, timeZone: string, options: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat(locale, { ...options, timeZone: shownZone(timeZone) }).format(new Date(instant));
  return {
    language,
    plain: plain(language),
    buy: buy(language),
    wallet: wallet(language),
    promo: promo(language),
    extras: extras(language),
    prices: prices(language),
    problems: problems(language),
    questions: questions(language),
    money: (money: Money) => formatMoney(money, locale),
    /** A price, or the word for free. */
    price: (money: Money) => (money.amount === 0 ? buy(language)('free') : formatMoney(money, locale)),
    percent: (rate: number) =>
      new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 4 }).format(rate / 100),
    /** Friday 15 January 2027 at 23:00 CET. The server does not know the reader's zone, so each time names its zone. */
    when: (instant: string, timeZone: string) =>
      format(instant, timeZone, {
        weekday: 'long',
        day: 'numeric',
        month: 'long',
        year: 'numeric',
        hour: 'numeric',
        minute: '2-digit',
        timeZoneName: 'short',
      }),
    /** 23:00 CET */
    clock: (instant: string, timeZone: string) =>
      format(instant, timeZone, { hour: 'numeric', minute: '2-digit', timeZoneName: 'short' }),
  };
}

export type Speech = ReturnType<typeof speak>;
