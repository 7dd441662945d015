/** Apart from the schemas, so that none of them travels to the browser with it. ISO 4217 codes that Admit sells in. All of them have two decimal places but JPY, which has none. */
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
