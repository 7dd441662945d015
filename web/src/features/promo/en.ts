export default {
  haveOne: 'Do you have a promo code?',
  code: 'Promo code',
  redeem: 'Redeem',
  noCode: 'A code has 3 to 32 letters, digits and hyphens.',
  saves: '{code}: you save {amount}',
  remove: 'Remove the code {code}',
  removed: 'The code is removed.',
} as const;
