import type { TranslationOf } from '../../../contract/words.ts';
import type en from './en.ts';

const es = {
  statement: 'Extracto de un pago',
  organiser: 'Organizador',
  platform: 'Plataforma',
  paidAt: 'Pagado el',
  reference: 'Referencia',
  earned: 'Ganado',
  inTill: 'En tu propia caja',
  paidBefore: 'Pagado antes',
  amount: 'En este pago',
  sales: 'Ventas',
  refunds: 'Reembolsos',
  disputes: 'Disputas',
  fees: 'Gastos de gestión',
  paidOut: 'Pagado',
  balances:
    'Las sumas de cada evento son las de sus libros hasta este pago. Lo ganado contiene el impuesto sobre las entradas, que el organizador debe a Hacienda. Un importe por debajo de cero compensa lo que el organizador debía por ese evento.',
} as const;

export default es satisfies TranslationOf<typeof en, typeof es>;
