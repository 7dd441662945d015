export default {
  until: 'until {when}',
  leftAtPrice: '{count, plural, one {# left at this price} other {# left at this price}}',
  next: 'then {price}',
  thenFree: 'then free',
  group: 'From {from} tickets: {price} each',
  atLeast: 'At least {count} in one order',
  ownPriceFor: 'Your price for {type} ({currency})',
  fromPrice: 'At least {price}. Promo codes do not reduce it.',
  orFree: '0, or at least {price}. Promo codes do not reduce it.',
  wrongPrice: 'Enter a price of at least {price}.',
  wrongOrFree: 'Enter 0, or a price of at least {price}.',
} as const;
