/**
 * The ISO 4217 codes that Admit sells in: every currency that Stripe can charge. They are apart from the schemas, so
 * that the browser does not load the schemas with them. Source: https://docs.stripe.com/currencies.
 */
export const currencies = [
  ...(['EUR', 'USD', 'GBP', 'CHF', 'SEK', 'NOK', 'DKK', 'PLN', 'CZK', 'CAD', 'AUD', 'JPY'] as const),
  ...(['AED', 'AFN', 'ALL', 'AMD', 'AOA', 'ARS', 'AWG', 'AZN', 'BAM', 'BBD', 'BDT', 'BHD', 'BIF'] as const),
  ...(['BMD', 'BND', 'BOB', 'BRL', 'BSD', 'BWP', 'BYN', 'BZD', 'CDF', 'CLP', 'CNY', 'COP', 'CRC'] as const),
  ...(['CVE', 'DJF', 'DOP', 'DZD', 'EGP', 'ETB', 'FJD', 'FKP', 'GEL', 'GIP', 'GMD', 'GNF', 'GTQ'] as const),
  ...(['GYD', 'HKD', 'HNL', 'HTG', 'HUF', 'IDR', 'ILS', 'INR', 'ISK', 'JMD', 'JOD', 'KES', 'KGS'] as const),
  ...(['KHR', 'KMF', 'KRW', 'KWD', 'KYD', 'KZT', 'LAK', 'LBP', 'LKR', 'LRD', 'LSL', 'MAD', 'MDL'] as const),
  ...(['MGA', 'MKD', 'MMK', 'MNT', 'MOP', 'MUR', 'MVR', 'MWK', 'MXN', 'MYR', 'MZN', 'NAD', 'NGN'] as const),
  ...(['NIO', 'NPR', 'NZD', 'OMR', 'PAB', 'PEN', 'PGK', 'PHP', 'PKR', 'PYG', 'QAR', 'RON', 'RSD'] as const),
  ...(['RUB', 'RWF', 'SAR', 'SBD', 'SCR', 'SGD', 'SHP', 'SLE', 'SOS', 'SRD', 'STN', 'SZL', 'THB'] as const),
  ...(['TJS', 'TND', 'TOP', 'TRY', 'TTD', 'TWD', 'TZS', 'UAH', 'UGX', 'UYU', 'UZS', 'VND', 'VUV'] as const),
  ...(['WST', 'XAF', 'XCD', 'XCG', 'XOF', 'XPF', 'YER', 'ZAR', 'ZMW'] as const),
] as const;

/**
 * Currencies without decimals. Stripe takes their amounts in whole units too, except ISK and UGX: for these two Stripe's
 * amounts have two decimals, which must be zero.
 */
const wholeOnly = 'BIF CLP DJF GNF ISK JPY KMF KRW MGA PYG RWF UGX VND VUV XAF XOF XPF';

/** Currencies with three decimals. Stripe charges and refunds only amounts whose last digit is 0. */
const thousandths = 'BHD JOD KWD OMR TND';

/** How many decimals the currency has: 0, 2 or 3. */
export const minorDigits = (currency: string): 0 | 2 | 3 =>
  wholeOnly.includes(currency) ? 0 : thousandths.includes(currency) ? 3 : 2;

/** Every amount that is charged or refunded is a multiple of this many minor units: 10 with three decimals, or else 1. */
export const stepMinor = (currency: string): 1 | 10 => (thousandths.includes(currency) ? 10 : 1);

/** How many of Stripe's units one minor unit is. */
export const stripeUnits = (currency: string): 1 | 100 =>
  currency === 'ISK' || currency === 'UGX' ? 100 : 1;
