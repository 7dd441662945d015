export default {
  haveOne: '¿Tienes un código promocional?',
  code: 'Código promocional',
  redeem: 'Canjear',
  noCode: 'Un código tiene de 3 a 32 letras, cifras y guiones.',
  saves: '{code}: ahorras {amount}',
  remove: 'Quitar el código {code}',
  removed: 'El código se ha quitado.',
  orderFee: 'Gastos de gestión del pedido',
  includesTax: 'Incluye {name} {rate}: {amount}',
  includesFee: 'Incluye gastos de gestión: {amount}',
  includesFeeTax: 'Impuesto en los gastos de gestión: {amount}',
} as const;
