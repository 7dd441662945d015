import type { TranslationOf } from '../../../contract/words.ts';
import type en from './en.ts';

const es = {
  askedSubject: 'Paga por transferencia: {event}',
  askedPreview: '{amount} hasta el {until}',
  askedHeading: 'Tus plazas están reservadas',
  askedText:
    'Transfiere {amount} para {event} de modo que llegue antes del {until}. Recibirás las entradas cuando el organizador haya registrado el dinero. Escribe exactamente esta referencia: es lo que indica que el dinero es tuyo.',
  remindSubject: 'Pendiente de pago: {event}',
  remindHeading: 'Tus plazas esperan el pago',
  remindText:
    'Aún no se han registrado {amount} para {event}. Tus plazas están reservadas hasta el {until}. Si ya has pagado, no tienes que hacer nada.',
  lapsedSubject: 'Tus plazas para {event} vuelven a estar libres',
  lapsedHeading: 'El pedido ha terminado',
  lapsedText:
    'No hemos visto a tiempo el pago completo para {event}, así que tus plazas vuelven a estar libres. Si tu dinero aún llega, compra las mismas plazas si están libres. Si no, el organizador lo devuelve.',
  holder: 'Beneficiario',
  iban: 'IBAN',
  bic: 'BIC',
  amount: 'Importe',
  reference: 'Referencia',
  until: 'Antes del',
  order: 'Pedido',
  open: 'Abrir el pedido',
  attached:
    'La imagen adjunta es un código QR. Las aplicaciones bancarias de la zona euro lo leen y lo rellenan todo.',
  why: 'Recibes este correo por tu pedido {number}.',
} as const;

export default es satisfies TranslationOf<typeof en, typeof es>;
