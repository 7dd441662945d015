import type { TranslationOf } from '../../../contract/words.ts';
import type en from './en.ts';

const es = {
  seats: 'Asientos numerados',
  bestText:
    'Recibes los mejores asientos libres, juntos si hay suficientes. Ves cuáles son antes de pagar. Para elegir asientos en el plano, activa JavaScript.',
  kind: '¿Qué asientos?',
  howMany: '¿Cuántos asientos?',
  wheelchairs: '¿Cuántas de ellas para silla de ruedas? Las demás están al lado, para acompañantes.',
  oneKind: 'Elige asientos o entradas sin asiento, y compra las otras después.',
  heldFor:
    '{minutes, plural, =0 {Las plazas están reservadas para ti menos de un minuto más.} one {Las plazas están reservadas para ti # minuto más.} other {Las plazas están reservadas para ti # minutos más.}}',
  meant: '¿Querías decir {email}? Si tu dirección es correcta, pulsa el botón otra vez.',
  placedTitle: 'Pagar el pedido {number}',
  placedText: 'Tu pedido está hecho y todavía no está pagado. Sin un pago, las plazas vuelven a la venta.',
  lookAgain: 'Mirar otra vez',
  otherSite: 'Este formulario venía de otra página. Abre la página del evento y empieza de nuevo.',
  noCookie:
    'Tu navegador no ha guardado la cookie de tus plazas. Permite las cookies de este sitio y empieza de nuevo.',
  emailWrong: 'Esto no es una dirección de correo.',
  fieldWrong: 'Esto falta o no es correcto.',
  numberWrong: 'Escribe números enteros.',
  waitsTitle: 'Tus entradas esperan',
  waitsText:
    'Has pagado y tus plazas son tuyas. El organizador revisa antes este pedido. Si nadie se opone, tus entradas aparecen aquí a más tardar: {until}. El correo sobre el pedido dice cómo escribir al organizador.',
} as const;

export default es satisfies TranslationOf<typeof en, typeof es>;
