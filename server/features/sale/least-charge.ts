import { minorDigits } from '../../../contract/currencies.ts';
import type { Currency } from '../../../contract/money.ts';

/** The smallest card payment in whole units, as Stripe publishes it: https://docs.stripe.com/currencies#minimum-charge */
const published: Partial<Record<Currency, number>> = {
  ...{ USD: 0.5, AED: 2, AUD: 0.5, BRL: 0.5, CAD: 0.5, CHF: 0.5, CZK: 15, DKK: 2.5, EUR: 0.5, GBP: 0.3 },
  ...{ HKD: 4, HUF: 175, INR: 0.5, JPY: 50, MXN: 10, MYR: 2, NOK: 3, NZD: 0.5, PLN: 2, RON: 2, SEK: 3 },
  ...{ SGD: 0.5, THB: 10 },
};

/**
 * About one US dollar in whole units of the currencies without a published minimum. Stripe converts such a charge and
 * demands the minimum of the account's own currency (USD 0.50), so half of this would do at the rates of 2026.
 */
const aboutOneDollar: Partial<Record<Currency, number>> = {
  ...{ AFN: 70, ALL: 90, AMD: 400, AOA: 950, ARS: 1500, AWG: 2, AZN: 2, BAM: 2, BBD: 2, BDT: 120, BHD: 0.4 },
  ...{ BIF: 3000, BMD: 1, BND: 1.5, BOB: 7, BSD: 1, BWP: 14, BYN: 3.5, BZD: 2, CDF: 2800, CLP: 1000, CNY: 8 },
  ...{ COP: 4200, CRC: 550, CVE: 100, DJF: 180, DOP: 65, DZD: 135, EGP: 50, ETB: 150, FJD: 2.5, FKP: 0.8 },
  ...{ GEL: 3, GIP: 0.8, GMD: 75, GNF: 9000, GTQ: 8, GYD: 210, HNL: 27, HTG: 135, IDR: 17000, ILS: 4 },
  ...{ ISK: 130, JMD: 160, JOD: 0.8, KES: 130, KGS: 90, KHR: 4100, KMF: 450, KRW: 1500, KWD: 0.35, KYD: 1 },
  ...{ KZT: 550, LAK: 22000, LBP: 90000, LKR: 310, LRD: 200, LSL: 18, MAD: 10, MDL: 18, MGA: 4600, MKD: 56 },
  ...{ MMK: 2100, MNT: 3600, MOP: 8, MUR: 46, MVR: 16, MWK: 1750, MZN: 65, NAD: 18, NGN: 1600, NIO: 37 },
  ...{ NPR: 145, OMR: 0.4, PAB: 1, PEN: 4, PGK: 4.5, PHP: 60, PKR: 285, PYG: 8000, QAR: 4, RSD: 105 },
  ...{ RUB: 100, RWF: 1450, SAR: 4, SBD: 8.5, SCR: 15, SHP: 0.8, SLE: 24, SOS: 580, SRD: 40, STN: 23 },
  ...{ SZL: 18, TJS: 11, TND: 3, TOP: 2.5, TRY: 45, TTD: 7, TWD: 33, TZS: 2700, UAH: 43, UGX: 3700 },
  ...{ UYU: 42, UZS: 13000, VND: 27000, VUV: 120, WST: 3, XAF: 600, XCD: 3, XCG: 2, XOF: 600, XPF: 110 },
  ...{ YER: 250, ZAR: 18, ZMW: 25 },
};

/**
 * The smallest amount that one card payment can collect, in minor units. It applies to the whole order. A ticket without
 * a code is free or costs at least this much, so that an order of one ticket can be paid. inventory/reprice-lines.ts
 * decides what a promo code leaves of an order's price.
 */
export const leastChargeMinor = Object.fromEntries(
  Object.entries({ ...published, ...aboutOneDollar }).map(([currency, amount]) => [
    currency,
    Math.round(amount * 10 ** minorDigits(currency)),
  ]),
) as Record<Currency, number>;
