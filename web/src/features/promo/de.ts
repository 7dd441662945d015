export default {
  haveOne: 'Hast du einen Promo-Code?',
  code: 'Promo-Code',
  redeem: 'Einlösen',
  noCode: 'Ein Code hat 3 bis 32 Buchstaben, Ziffern und Bindestriche.',
  saves: '{code}: du sparst {amount}',
  remove: 'Den Code {code} entfernen',
  removed: 'Der Code ist entfernt.',
} as const;
