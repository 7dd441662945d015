export default {
  haveOne: 'Do you have a promo code?',
  code: 'Promo code',
  redeem: 'Redeem',
  noCode: 'A code has 3 to 32 letters, digits and hyphens.',
  saves: '{code}: you save {amount}',
  remove: 'Remove the code {code}',
  removed: 'The code is removed.',
  orderFee: 'Booking fee for the order',
  includesTax: 'Includes {name} {rate}: {amount}',
  includesFee: 'Includes booking fees: {amount}',
  includesFeeTax: 'Tax in the booking fees: {amount}',
} as const;
