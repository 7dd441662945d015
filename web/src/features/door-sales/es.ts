import type { TranslationOf } from '../../ui/words.ts';
import type en from './en.ts';

const es = {
  title: 'Venta en taquilla',
  text: 'Vende entradas en efectivo o con tu propio datáfono. Valen al momento: muestra los códigos o imprímelas.',
  notPublished: 'Publica el evento para vender entradas.',
  nothing: 'Este evento no tiene plazas.',
  method: 'Pagado con',
  cash: 'Efectivo',
  card_terminal: 'Datáfono',
  total: 'A pagar',
  given: 'Efectivo recibido (opcional)',
  change: 'Cambio: {amount}',
  tooLittle: 'Es menos que el precio.',
  name: 'Nombre (opcional)',
  email: 'Correo electrónico (opcional)',
  emailHint: 'Con una dirección, las entradas se envían también por correo.',
  sell: 'Vender por {amount}',
  sold: '{count, plural, one {# entrada vendida} other {# entradas vendidas}} por {amount}',
  order: 'Pedido {number}',
  code: 'Código de la entrada {n}',
  print: 'Imprimir entradas',
  next: 'Siguiente venta',
  cashUp: 'Arqueo de caja',
  cashUpText: 'Lo que cada persona del equipo cobró y devolvió cada día, en la zona horaria del evento.',
  noSales: 'Todavía no se ha vendido nada en taquilla.',
  sales: '{count, plural, one {# venta} other {# ventas}}',
  taken: 'cobrado {amount}',
  returned: 'devuelto {amount}',
  left: 'queda {amount}',
  deleted: 'Cuenta eliminada',
} as const;

export default es satisfies TranslationOf<typeof en, typeof es>;
