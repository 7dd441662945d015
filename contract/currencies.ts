/**
 * The ISO 4217 codes that Admit sells in. All have two decimal places but JPY, which has none. They are apart from the
 * schemas, so that the browser does not load the schemas with them.
 */
export const currencies = [
  'EUR',
  'USD',
  'GBP',
  'CHF',
  'SEK',
  'NOK',
  'DKK',
  'PLN',
  'CZK',
  'CAD',
  'AUD',
  'JPY',
] as const;
