import type { TranslationOf } from '../../../contract/words.ts';
import type en from './en.ts';

const es = {
  receipt: 'Recibo',
  invoice: 'Factura',
  creditNote: 'Factura rectificativa',
  seller: 'Vendedor',
  buyer: 'Comprador',
  vatId: 'NIF-IVA: {id}',
  reference: 'Tu referencia: {reference}',
  // Los datos bajo el título
  number: 'Número',
  issued: 'Fecha de emisión',
  paid: 'Fecha de pago',
  order: 'Pedido',
  event: 'Evento',
  eventDate: 'Fecha del evento',
  corrected: 'Corresponde a',
  correctedOf: '{number} del {date}',
  // La tabla
  item: 'Concepto',
  quantity: 'Cantidad',
  unitPrice: 'Precio unitario',
  taxRate: 'Tipo de impuesto',
  net: 'Base',
  total: 'Total',
  ticketFees: 'Gastos de gestión por entrada',
  orderFee: 'Gastos de gestión del pedido',
  rate: '{name} {rate}',
  untaxed: 'sin impuesto',
  discount: 'Descuento, ya aplicado',
  allNet: 'Base imponible total',
  allTax: 'Impuestos',
  allTotal: 'Total',
  allBack: 'Total que se rectifica',
  // Las sumas por tipo
  byRate: 'Impuestos por tipo',
  chargedBy: 'Cobrado por',
  platform: 'la plataforma de entradas',
  // Notas
  isPaid: 'Pagado por completo. No queda importe pendiente.',
  refunded: 'Este importe se devuelve al comprador por el mismo medio de pago.',
  replaced: 'Esta rectificación no mueve dinero. Anula un documento que se sustituye por uno nuevo.',
  fees: 'Los gastos de gestión los cobra {platform}. {seller} emite este documento en nombre de ambos.',
  pageOf: 'Página {n} de {count}',
} as const;

export default es satisfies TranslationOf<typeof en, typeof es>;
