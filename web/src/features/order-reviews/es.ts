import type { TranslationOf } from '../../../../contract/words.ts';
import type en from './en.ts';

const es = {
  title: 'Pedidos por revisar',
  back: 'Tus eventos',
  adminTitle: 'Pedidos que revisan los equipos',
  adminBack: 'Tu cuenta',
  text: 'Estos pedidos parecen muchos pedidos de una misma persona o de un programa. Están pagados y sus entradas esperan. Si nadie decide, el pedido se confirma solo a la hora indicada.',
  adminText: 'El equipo de cada evento decide sobre sus pedidos.',
  mayNot: 'Tu función no muestra pedidos.',
  noAdmin: 'Solo los administradores de la plataforma ven esta página.',
  none: 'Ningún pedido espera.',
  noneDecided: 'Aún no se ha decidido nada.',
  decided: 'Decididos',
  showDecided: 'Mostrar pedidos decididos',
  more: 'Mostrar más',
  score: '{score} de 100 puntos',
  tickets: '{count, plural, one {# entrada} other {# entradas}}',
  until: 'Se confirma solo: {when}',
  address_pattern:
    '{count, plural, one {# cuenta tiene} other {# cuentas tienen}} direcciones de correo que solo se distinguen por sus números',
  shared_card: '{count, plural, one {# cuenta ha} other {# cuentas han}} pagado con esta tarjeta',
  shared_browser:
    '{count, plural, one {# cuenta ha} other {# cuentas han}} comprado en esta red con el mismo navegador',
  shared_network: '{count, plural, one {# cuenta ha} other {# cuentas han}} comprado en esta red',
  fast_order:
    'El pedido llegó {count, plural, =0 {menos de un segundo} one {# segundo} other {# segundos}} después de la reserva',
  points: '{points} puntos',
  appeal: 'El comprador escribe',
  reason: 'Por qué (el comprador lo lee si hay reembolso)',
  confirm: 'Confirmar y enviar entradas',
  refund: 'Reembolsar {amount}',
  refundFree: 'Anular las entradas',
  mayNotDecide: 'Tu función no puede decidir sobre reembolsos.',
  saidConfirmed: 'El pedido {number} está confirmado. Sus entradas están en camino.',
  saidRefunded: 'El pedido {number} está reembolsado. Sus plazas están libres.',
  confirmed: 'Confirmado',
  refunded: 'Reembolsado',
  ended: 'Cancelado de otro modo',
  byTime: 'por sí solo',
  heldTitle: 'Estamos revisando tu pedido',
  heldText:
    'Has pagado y tus plazas son tuyas. Antes de que recibas las entradas, el organizador revisa este pedido, porque se parece a los de programas que acaparan entradas. Si nadie se opone antes de {until}, tus entradas llegarán solas. Si el organizador no acepta el pedido, se te devuelve todo el dinero.',
  heldMoment: 'Has pagado. Tus entradas estarán aquí enseguida.',
  appealLabel: '¿Qué debería saber el organizador?',
  appealHint: 'Por ejemplo, que compras para un grupo. Puedes escribir una vez.',
  appealSend: 'Enviar al organizador',
  appealSent: 'Has escrito:',
  appealMissing: 'Escribe algo primero.',
} as const;

export default es satisfies TranslationOf<typeof en, typeof es>;
