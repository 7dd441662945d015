import type { TranslationOf } from '../../ui/words.ts';
import type en from './en.ts';

const es = {
  title: 'Cambiar tu entrada',
  back: 'A la entrada',
  now: 'Tu entrada ahora',
  paid: 'Pagado por ella',
  until: 'Puedes cambiarla hasta el {until}.',
  date: 'Fecha',
  yourDate: 'tu fecha',
  types: 'Tipo de entrada',
  seat: 'Asiento',
  seatView: 'Asientos de este evento',
  nothing: 'No hay nada más que elegir.',
  yours: 'Tu tipo de entrada',
  free: 'sin diferencia',
  pay: '{amount} a pagar',
  goesBack: 'se devuelven {amount}',
  soldOut: 'Agotado',
  refusedStart: 'Aún no está a la venta',
  refusedEnd: 'Ya no está a la venta',
  refusedBack: 'Según las condiciones, ahora se devuelven como máximo {amount}',
  keepSeat: 'Conservas tu asiento: {seat}.',
  newSeat: 'Asiento nuevo: {seat}.',
  chooseSeat: 'Elige un asiento en el plano o en la lista.',
  seatTaken: 'Otra persona acaba de ocupar {seat}. Elige otro asiento.',
  choose: 'Elige primero una fecha, un tipo de entrada o un asiento.',
  sumPay: 'Pagas {amount}. Tu entrada sigue siendo válida hasta que llegue el pago.',
  sumBack: 'Se devuelven {amount} a quien pagó. Tu código anterior deja de servir enseguida.',
  sumFree: 'No pagas nada. Tu código anterior deja de servir enseguida.',
  doPay: 'Cambiar y pagar {amount}',
  do: 'Cambiar la entrada',
  pendingTitle: 'Hay un cambio de esta entrada sin pagar',
  pendingText: 'Págalo o cancélalo antes de elegir otra cosa.',
  toPending: 'Al pago',
  teamTitle: 'Cambiar una entrada',
  teamToOrder: 'Al pedido',
  teamNow: 'La entrada ahora',
  teamDate: 'la fecha actual',
  teamType: 'El tipo de entrada actual',
  teamFree: 'nada que pagar',
  teamKeepSeat: 'El asiento se queda: {seat}.',
  teamSumBack:
    'Se devuelven {amount} a quien pagó. La persona titular recibe la entrada nueva por correo y el código anterior deja de servir enseguida.',
  teamSumFree:
    'Nadie paga ni recibe dinero. La persona titular recibe la entrada nueva por correo y el código anterior deja de servir enseguida.',
  teamPendingText:
    'La persona titular ha empezado un cambio y no lo ha pagado. Termina solo si no llega ningún pago.',
} as const;

export default es satisfies TranslationOf<typeof en, typeof es>;
