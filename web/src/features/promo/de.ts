export default {
  haveOne: 'Hast du einen Promo-Code?',
  code: 'Promo-Code',
  redeem: 'Einlösen',
  noCode: 'Ein Code hat 3 bis 32 Buchstaben, Ziffern und Bindestriche.',
  saves: '{code}: du sparst {amount}',
  remove: 'Den Code {code} entfernen',
  removed: 'Der Code ist entfernt.',
  orderFee: 'Buchungsgebühr für die Bestellung',
  includesTax: 'Enthält {name} {rate}: {amount}',
  includesFee: 'Enthält Buchungsgebühren: {amount}',
  includesFeeTax: 'Steuer in den Buchungsgebühren: {amount}',
} as const;
