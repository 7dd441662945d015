export default {
  haveOne: 'Vous avez un code promo ?',
  code: 'Code promo',
  redeem: 'Utiliser',
  noCode: 'Un code compte 3 à 32 lettres, chiffres et traits d’union.',
  saves: '{code} : vous économisez {amount}',
  remove: 'Retirer le code {code}',
  removed: 'Le code est retiré.',
  orderFee: 'Frais de réservation de la commande',
  includesTax: 'Dont {name} {rate} : {amount}',
  includesFee: 'Dont frais de réservation : {amount}',
  includesFeeTax: 'Taxe dans les frais de réservation : {amount}',
} as const;
