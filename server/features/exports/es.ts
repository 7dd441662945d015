import type { TranslationOf } from '../../../contract/words.ts';
import type en from './en.ts';

const es = {
  settlement: 'Liquidación',
  organiser: 'Organizador',
  platform: 'Plataforma',
  period: 'Días',
  fromTo: 'del {from} al {to}',
  noSales: 'No se ha movido dinero',
  drawn: 'Elaborada',
  sales: 'Ventas',
  refunds: 'Reembolsos',
  byHand: 'Cómo llegó el dinero',
  takenBy: 'Cobrado por',
  taken: 'Cobrado',
  returned: 'Devuelto',
  rest: 'Diferencia',
  provider: 'el proveedor de pagos',
  till: 'el organizador en taquilla, en efectivo o con lector de tarjetas',
  byDay: 'Por día',
  day: 'Día',
  disputes: 'Disputas',
  fees: 'Gastos de gestión',
  feesColumn: 'Gastos',
  net: 'Ganado',
  discounts: 'Descuentos, ya deducidos',
  unsent: 'de ellos aún no enviados',
  other: 'Otros movimientos',
  inTill: 'En la caja del organizador',
  owed: 'Adeudado al organizador',
  balances:
    'Todos los importes resultan de los asientos de estos días, en la zona horaria del evento. Lo ganado contiene el impuesto sobre las entradas, que el organizador debe a Hacienda.',
  feesNote:
    'La plataforma cobra los gastos de gestión. Los que pagaron los compradores están incluidos en las ventas.',
} as const;

export default es satisfies TranslationOf<typeof en, typeof es>;
