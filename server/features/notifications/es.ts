import type { TranslationOf } from '../../../contract/words.ts';
import type en from './en.ts';

const es = {
  // En todas las cartas
  greeting: 'Hola, {name}:',
  greetingNobody: 'Hola:',
  toApple: 'Añadir a Cartera de Apple',
  toGoogle: 'Añadir a Google Wallet',
  orOpen: 'O abre esta dirección:',
  // Cuentas
  verifySubject: 'Confirma tu dirección de correo',
  verifyPreview: 'Un toque y tu cuenta está lista.',
  verifyText: 'Confirma, por favor, que esta dirección es tuya. Aquí llegarán tus entradas.',
  verifyButton: 'Confirmar la dirección',
  verifyIgnore: 'Si no has abierto una cuenta, no hagas caso de este correo.',
  verifyWhy: 'Recibes este correo porque alguien ha abierto una cuenta con esta dirección.',
  resetSubject: 'Elige una contraseña nueva',
  resetPreview: 'El enlace sirve una sola vez.',
  resetText:
    'Alguien, seguramente tú, ha pedido una contraseña nueva. El enlace sirve una sola vez y durante poco tiempo.',
  resetIgnore: 'Si no has sido tú, no hagas nada: tu contraseña sigue igual.',
  resetWhy: 'Recibes este correo porque se ha pedido una contraseña nueva con esta dirección.',
  signInSubject: 'Nuevo acceso a tu cuenta',
  signInPreview: 'Con {browser}. Si has sido tú, todo va bien.',
  signInHeading: 'Alguien ha entrado en tu cuenta',
  signInText:
    'Alguien acaba de entrar con un navegador que no habías usado hasta ahora: {browser}. Si has sido tú, todo va bien. Si no, cambia tu contraseña: así se le cierra la sesión.',
  signInButton: 'Abrir tu cuenta',
  signInWhy:
    'Recibes este correo porque quieres enterarte de los nuevos accesos. Puedes desactivarlo en tu cuenta.',
  unknownBrowser: 'un programa',
  // Invitaciones a un equipo
  inviteSubject: 'Invitación al equipo de {organisation}',
  invitePreview: '{inviter} quiere contar contigo en el equipo.',
  inviteHeading: 'Tienes una invitación al equipo de {organisation}',
  inviteText: '{inviter} te invita al equipo de {organisation}.',
  inviteRole: 'Tu rol',
  inviteEvents: 'Para estos eventos',
  roleOwner: 'Propietario: puede hacerlo todo, también cambiar el equipo',
  roleManager: 'Gestor: lleva los eventos',
  roleFinance: 'Finanzas: ve pedidos, cuentas y cifras, reembolsa, descarga listas',
  roleSupport: 'Atención: busca y corrige pedidos, reenvía mensajes',
  roleDoor: 'Acceso: comprueba las entradas',
  roleReadOnly: 'Solo lectura: ve eventos, pedidos y cifras, no cambia nada',
  inviteButton: 'Ver la invitación',
  inviteUntil:
    'La invitación vale {days, plural, one {# día} other {# días}}. Para aceptarla necesitas una cuenta con la dirección {address}; si no la tienes, puedes abrirla allí.',
  inviteIgnore: 'Si no quieres, recházala allí o ignora este correo: nadie entra en un equipo sin aceptar.',
  inviteWhy: 'Recibes este correo porque {inviter} escribió tu dirección.',
  // Lo que se dice de un pedido
  when: 'Cuándo',
  whenIs: '{date}, {time}',
  doors: 'Puertas',
  where: 'Dónde',
  event: 'Evento',
  order: 'Pedido',
  promoCode: 'Código promocional',
  total: 'Total',
  free: 'Gratis',
  refund: 'Devolución',
  'collect.door': 'Recógelo en el evento con su código',
  'collect.post': 'Llega por correo',
  'collect.none': 'Nada que recoger',
  seatName: '{section}, fila {row}, asiento {seat}',
  seatNameNoRow: '{section}, asiento {seat}',
  unpublishedSubject: 'No publicado: {event}',
  unpublishedPreview: 'Faltaba algo el {at}.',
  unpublishedHeading: 'Tu evento no se ha publicado',
  unpublishedText:
    'Debía publicarse el {at}. Entonces faltaba algo, así que sigue siendo un borrador. Complétalo y después publícalo o elige otro momento.',
  unpublishedLacks: 'Falta',
  unpublishedButton: 'Completar el evento',
  unpublishedWhy: 'Recibes este mensaje porque puedes editar {event}.',
  gap_start: 'el comienzo',
  gap_end: 'el final',
  gap_start_in_future: 'un comienzo en el futuro',
  gap_venue: 'el lugar',
  gap_city: 'la ciudad',
  gap_country: 'el país',
  gap_ticket_type: 'un tipo de entrada público',
  gap_places: 'plazas para vender',
  gap_sale_end_in_future: 'un fin de venta en el futuro',
  reviewSubject: '{count, plural, one {# pedido espera} other {# pedidos esperan}} tu revisión: {event}',
  reviewPreview: 'Sin decisión se confirman a partir de {until}.',
  reviewHeading: '{count, plural, one {# pedido espera} other {# pedidos esperan}} tu revisión',
  reviewText:
    '{count, plural, one {Este pedido tiene} other {Estos pedidos tienen}} muchas señales de un programa que acapara entradas. Los compradores han pagado y sus entradas esperan. Confirma un pedido o devuélvelo. Si nadie decide, el primero se confirma: {until}.',
  reviewButton: 'Ver los pedidos',
  reviewWhy: 'Recibes este correo porque puedes devolver pedidos de {event}.',
  heldSubject: 'Estamos revisando tu pedido: {event}',
  heldPreview: 'Tenemos tu pago. Las entradas llegarán después.',
  heldHeading: 'Estamos revisando tu pedido',
  heldText:
    'Has pagado por {event} y tus plazas son tuyas. Antes de enviar las entradas, el organizador revisa este pedido, porque se parece a los de programas que acaparan entradas. La mayoría de esos pedidos son de personas reales y esto tarda, como mucho, hasta {until}. Si hasta entonces nadie se opone, tus entradas llegarán solas. Si el organizador no acepta el pedido, se te devuelve todo el dinero.',
  heldAppeal:
    '¿Hay algo que el organizador deba saber, por ejemplo que compras para un grupo? Abre tu pedido y escríbelo una vez.',
  heldButton: 'Abrir el pedido y escribir',
  askedSubject: 'Una plaza nueva para ti: {event}',
  askedPreview: 'Paga {amount} antes de {until} y será tuya.',
  askedHeading: 'El organizador tiene una plaza nueva para ti',
  askedText:
    'El organizador te ha reservado otra plaza en {event}. Cuesta {amount} más que tu entrada. Paga la diferencia antes de {until} y recibirás la entrada nueva en lugar de la anterior. Hasta entonces tu entrada sigue siendo válida.',
  askedButton: 'Pagar {amount}',
  askedElse: 'Si no quieres la plaza nueva, no hagas nada. No debes nada y tu entrada se queda como está.',
  askedWhy:
    'Recibes este correo porque tienes una entrada que el organizador quiere cambiar (pedido {number}).',
  lapsedSubject: 'Tu entrada se queda como está: {event}',
  lapsedPreview: 'El cambio no se pagó. No debes nada.',
  lapsedHeading: 'No se ha cambiado nada',
  lapsedText:
    'El cambio de tu entrada para {event} ha terminado sin pago. No debes nada, tu entrada está como antes y la plaza nueva queda libre para otros.',
  openOrder: 'Abrir tu pedido',
  linkSubject: 'Tu pedido: {event}',
  linkPreview: 'El enlace al pedido {number}.',
  linkText:
    'Alguien, seguramente tú, ha pedido el enlace al pedido {number}. Abre tu pedido con sus entradas en cualquier dispositivo.',
  linkSecret: 'Quien tenga este enlace puede usar y cancelar tus entradas. No lo compartas, por favor.',
  orderWhy: 'Recibes este correo porque el pedido {number} se hizo con esta dirección.',
  // Las entradas
  confirmedSubject: 'Tus entradas: {event}',
  confirmedPreview:
    '{count, plural, one {Tu entrada va adjunta.} other {Tus # entradas van adjuntas.}} Pedido {number}.',
  smsOffer:
    '{event}: {count, plural, one {hay una plaza reservada} many {hay # plazas reservadas} other {hay # plazas reservadas}} para ti hasta {until}. {url}',
  smsMoved: '{event} tiene nueva hora o nuevo lugar: {when}, {venue}. {url}',
  smsCancelled: '{event} ({when}) se ha cancelado. {url}',
  smsCode: '{code} es tu código para recibir SMS de {site}. Vale 10 minutos.',
  smsStop: 'Responde STOP para no recibir más.',
  pushConfirmed:
    '{count, plural, one {Tu entrada está lista.} other {Tus # entradas están listas.}} Pedido {number}.',
  confirmedText:
    'Gracias, {name}. {count, plural, one {Tu entrada va adjunta} other {Tus # entradas van adjuntas}} en PDF, junto con el evento para tu calendario. Enseña cada código en el acceso, en el teléfono o en papel.',
  // El día antes
  reminderSubject: 'Muy pronto: {event}',
  reminderText: 'Tu evento se acerca. Ten tus entradas a mano en el acceso.',
  newLinkSubject: 'Nuevo enlace para {event}',
  newLinkText:
    'El enlace para asistir en línea es nuevo. Abre tus entradas: allí lo encuentras. Un enlace anterior quizá ya no funcione.',
  joinOnline: 'En línea',
  joinLater: 'Encontrarás el enlace en tus entradas.',
  joinNote: 'Nota',
  joinNow: 'Entrar en línea',
  openTickets: 'Abrir tus entradas',
  reminderWhy:
    'Recibes este correo porque quieres que te recordemos los eventos. Puedes desactivarlo en tu cuenta. Pedido {number}.',
  // Cancelado
  // The waitlist
  offerSubject: 'Plazas para ti: {event}',
  offerPreview: 'Reservadas hasta {until}.',
  offerHeading: '{count, plural, one {Hay una plaza para ti} other {Hay # plazas para ti}}',
  offerText:
    'Esperabas para {event} y ha llegado tu turno. {count, plural, one {Te guardamos una plaza} other {Te guardamos # plazas}} hasta {until}. Si no compras antes, {count, plural, one {pasará} other {pasarán}} a la siguiente persona.',
  offerButton: 'Ver la oferta',
  offerTickets: 'Entradas',
  offerUntil: 'Tuyas hasta',
  offerElse:
    'Si no quieres las plazas, recházalas en la misma página: pasarán enseguida a la siguiente persona. Quien tenga este enlace puede comprarlas, así que no lo compartas.',
  offerWhy: 'Recibes este correo porque te apuntaste a la lista de espera de {event}.',
  turnSubject: 'Es tu turno: {event}',
  turnPreview: 'Elige tus plazas hasta {until}.',
  turnText:
    'Esperabas para {event} y ha llegado tu turno. Elige tus plazas hasta {until}. Si no vienes, al cabo de unos minutos pasará a la siguiente persona.',
  turnButton: 'Ir a la cola',
  turnWhy: 'Recibes este correo porque te uniste a la cola de {event}.',
  nearSubject: 'Casi es tu turno: {event}',
  nearMinutes: '{count, plural, one {Falta más o menos un minuto.} other {Faltan unos # minutos.}}',
  nearText: 'Abre la página de la cola de {event} para elegir tus plazas en cuanto sea tu turno.',
  cancelledSubject: 'Cancelado: {event}',
  cancelledPreview: 'El pedido {number} está cancelado.',
  cancelledHeading: 'Tu pedido está cancelado',
  cancelledText: 'Tu pedido para {event} está cancelado y sus entradas ya no valen.',
  cancelledRefund: 'Se devuelven {amount} a la tarjeta o cuenta con la que pagaste.',
  cancelledNoRefund: 'No se devuelve nada.',
  ticketsCancelledSubject: '{count, plural, one {Entrada cancelada} other {Entradas canceladas}}: {event}',
  ticketsCancelledPreview: '{count, plural, one {Una entrada} other {# entradas}} del pedido {number}.',
  ticketsCancelledHeading:
    '{count, plural, one {Una entrada está cancelada} other {# entradas están canceladas}}',
  ticketsCancelledText:
    '{count, plural, one {Una entrada de tu pedido para {event} está cancelada y ya no da acceso.} other {# entradas de tu pedido para {event} están canceladas y ya no dan acceso.}} Las demás entradas siguen siendo válidas.',
  // Cambiado o cancelado
  seatsChangedSubject: 'Nuevo asiento: {event}',
  seatsChangedPreview: 'Ahora: {seats}',
  seatsChangedHeading: '{count, plural, one {Tu asiento ha cambiado} other {Tus asientos han cambiado}}',
  seatsChangedText:
    'El organizador ha cambiado el plano de sala de {event}. Tus entradas y sus códigos siguen siendo válidos. Si has impreso las entradas, imprímelas otra vez: muestran el nuevo asiento.',
  seatBefore: 'Antes: {seat}',
  seatStandsElsewhere: 'El mismo nombre, en otro lugar de la sala',
  movedSubject: 'Nueva fecha o nuevo lugar: {event}',
  movedPreview: 'Ahora: {when}',
  movedHeading: '{event} ha cambiado de fecha o de lugar',
  movedText:
    'El organizador ha cambiado la fecha o el lugar de {event}. Tus entradas siguen valiendo. El archivo adjunto cambia la cita en tu calendario.',
  movedWaitingText:
    'El organizador ha cambiado la fecha o el lugar de {event}. Conservas tu puesto en la lista de espera. Si el cambio no te conviene, puedes salir de la lista en la página del evento.',
  openEvent: 'Ver el evento',
  movedOffer: 'Si no puedes ir, cancela tu pedido hasta el {until} y recuperas todo lo que pagaste.',
  whenBefore: 'Cuándo, antes',
  whereBefore: 'Dónde, antes',
  eventCancelledSubject: 'Evento cancelado: {event}',
  eventCancelledPreview: 'Las entradas del pedido {number} ya no valen.',
  eventCancelledHeading: '{event} está cancelado',
  eventCancelledText:
    'El organizador ha cancelado {event}, así que tus entradas ya no valen. El archivo adjunto quita la cita de tu calendario.',
  paymentFailedSubject: 'Tu pago para {event} ha fallado',
  paymentFailedPreview: 'El pedido {number} ha terminado. No se ha pagado nada.',
  paymentFailedHeading: 'El pago ha fallado',
  paymentFailedText:
    'El pago de tu pedido para {event} no se ha completado, así que el pedido ha terminado y tus plazas vuelven a estar libres. No debes nada. Si todavía hay un pago en camino, se te devolverá por completo.',
  chooseAgain: 'Elegir entradas de nuevo',
  eventCancelledUnpaidPreview: 'No debes nada por el pedido {number}.',
  eventCancelledUnpaidText:
    'El organizador ha cancelado {event} antes de que se pagara tu pedido, así que el pedido ha terminado. No debes nada. Si ya hay un pago en camino, se te devolverá por completo.',
  eventCancelledWaitingPreview: 'La lista de espera ha terminado.',
  eventCancelledWaitingText:
    'El organizador ha cancelado {event}, así que la lista de espera ha terminado. No tienes que hacer nada y no debes nada.',
  eventCancelledKept:
    'El organizador no devuelve el dinero de este evento. Si tienes preguntas, dirígete al organizador.',
  reason: 'Motivo',
  cancelledFirstHeading: 'El evento se canceló, así que tu dinero vuelve',
  cancelledFirstText:
    'Tu pago para {event} nos llegó cuando el organizador ya había cancelado el evento. De este pedido no tienes entradas, y hemos devuelto todo tu dinero.',
  // Dinero que vuelve
  refundSubject: 'Devolución enviada: {event}',
  refundPreview: '{amount} del pedido {number}.',
  refundHeading: 'Tu devolución va de camino',
  refundText: 'Hemos enviado la devolución de tu pedido cancelado para {event}.',
  giftLateText: 'Tu pago para {event} llegó demasiado tarde. Lo hemos devuelto entero.',
  ticketGoneHeading: 'La entrada ya no estaba, así que tu dinero vuelve',
  ticketGoneText:
    'Cuando llegó tu pago, la entrada para {event} de la que dependía ya se había usado, cancelado o cedido. Te hemos devuelto todo tu dinero.',
  exchangedText:
    'Has cambiado una entrada para {event} por una plaza más barata. Hemos devuelto la diferencia.',
  resoldText: 'Otra persona ha comprado tu entrada para {event}. Te hemos devuelto tu dinero.',
  twiceText:
    'Tu pedido para {event} se pagó dos veces. Hemos devuelto el segundo pago; tus entradas siguen valiendo.',
  goneSubject: 'Sin entradas, dinero devuelto: {event}',
  goneHeading: 'Las plazas ya no estaban, así que tu dinero vuelve',
  cardHeading: 'Con esta tarjeta ya se compraron todas las entradas permitidas, así que tu dinero vuelve',
  cardText:
    'Para {event}, una tarjeta compra solo un número limitado de entradas, también para personas distintas, y esta ya lo había alcanzado. Por eso tu pedido no se confirmó y sus plazas están libres de nuevo. Todo tu dinero vuelve.',
  goneText:
    'Tu pago para {event} nos llegó cuando el tiempo para comprar ya se había acabado y las plazas eran de otra persona. De este pedido no tienes entradas, y hemos devuelto todo tu dinero.',
  receiptText:
    'Tu recibo está en la página de tu pedido. Allí también puedes pedir una factura con tu dirección.',
  creditNote: 'Factura rectificativa',
  creditNoteWhere: 'En la página de tu pedido',
  bankDays: 'Tu banco puede tardar unos días en mostrarlo.',
  // The organiser refunds or cancels
  orderNumber: 'Pedido {number}.',
  organiserRefundSubject: 'Devolución: {event}',
  organiserRefundHeading: 'Se te devuelven {amount}',
  organiserRefundText: 'El organizador de {event} te devuelve {amount} de tu pedido.',
  organiserEndedText: 'El organizador de {event} ha cancelado entradas de tu pedido. No se devuelve nada.',
  organiserEndedCount:
    '{count, plural, one {Una entrada está cancelada y ya no vale.} other {# entradas están canceladas y ya no valen.}}',
  organiserKeptText: 'Tus entradas quedan como están.',
  organiserReason: 'El organizador escribe: {reason}',
  organiserRefundSoon:
    'El dinero vuelve a la tarjeta o cuenta con la que pagaste. Recibirás otro correo cuando se haya enviado.',
  disputeLostText:
    'Tu banco te ha devuelto el dinero que pagaste por {event}, así que tus entradas ya no son válidas.',
  organiserSentText: 'Hemos enviado la devolución del organizador de {event}.',
  dispute_chargeback: 'Se disputa un pago',
  dispute_chargeback_text:
    'El banco del comprador retira el dinero hasta decidir. El dinero queda apartado y mientras tanto no se puede reembolsar nada de este pedido. Las entradas siguen siendo válidas.',
  dispute_inquiry: 'Un banco pregunta por un pago',
  dispute_inquiry_text:
    'El banco de un comprador pregunta por este pago. No se ha movido dinero. Una buena respuesta puede evitar una disputa.',
  dispute_fraud_warning: 'Un banco avisa de fraude',
  dispute_fraud_warning_text:
    'El banco cree que otra persona pagó con esta tarjeta. No se ha movido dinero. Si reembolsas el pedido ahora, puedes evitar una disputa.',
  dispute_won: 'Disputa ganada',
  dispute_won_text: 'El banco ha decidido a tu favor. El dinero de este pedido vuelve a ser tuyo.',
  dispute_lost: 'Disputa perdida',
  dispute_lost_text:
    'El banco ha decidido a favor del comprador, que se queda con el dinero. Si era todo lo pagado, las entradas sin usar dejan de ser válidas y sus plazas vuelven a estar libres.',
  disputeSubject: '{what}: {event}, pedido {number}',
  disputeDue: 'Hay que presentar pruebas antes del {due}.',
  disputeEvidence:
    'El operador de este sitio responde al banco antes del {due}. Envíale lo que demuestre que el comprador recibió lo que pagó, por ejemplo tus mensajes. Admit tiene los accesos.',
  disputeAmount: 'Importe',
  disputeButton: 'Abrir el pedido',
  disputeWhy: 'Recibes este correo porque puedes reembolsar pedidos de {event}.',
  // A file on schedule
  exportSubject: '{table}: {event}',
  exportPreview: 'Datos del {due}.',
  exportHeading: 'Tu archivo está listo',
  exportText: 'El archivo que tu equipo ha programado está listo.',
  exportFile: 'Archivo',
  exportDue: 'Datos del',
  exportUntil:
    'El enlace se abre para miembros del equipo que han entrado y pueden descargar exportaciones. Caduca el {until}.',
  exportButton: 'Descargar el archivo',
  exportWhy:
    'Recibes este correo porque tu equipo ha programado este archivo de {event} para ti. Puedes desactivar estos correos en tu cuenta.',
  export_attendees: 'Asistentes',
  export_orders: 'Pedidos',
  export_payments: 'Pagos y reembolsos',
  export_check_ins: 'Entradas registradas',
  export_tax: 'Impuestos',
  export_answers: 'Respuestas',
  export_extras: 'Extras',
  includesTax: 'Incluye {name} {rate}',
  includesFees: 'Incluye gastos de gestión',
  // Tickets that change hands
  offeredSubject: '{sender} tiene {count, plural, one {una entrada} other {# entradas}} para ti: {event}',
  offeredPreview: '{count, plural, one {Acéptala y será tuya.} other {Acéptalas y serán tuyas.}}',
  offeredHeading: '{count, plural, one {Una entrada} other {# entradas}} para {event}',
  offeredText:
    '{sender} quiere pasarte {count, plural, one {una entrada} other {# entradas}} para {event}. Si aceptas, recibirás {count, plural, one {un código propio y el anterior dejará de servir} other {códigos propios y los anteriores dejarán de servir}}.',
  offeredMessage: '{sender} escribe: {message}',
  offeredPlace: '{count, plural, one {Entrada} other {Entradas}}',
  offeredButton: 'Ver la oferta',
  offeredUntil: 'Puedes aceptar hasta el {until}. Después termina la oferta.',
  offeredIgnore:
    'Si no te interesa, recházalo allí o ignora este correo. No compartas el enlace: quien lo tenga puede aceptar la oferta.',
  offeredWhy: 'Recibes este correo porque {sender} indicó tu dirección.',
  receivedSubject: '{count, plural, one {Tu entrada} other {Tus entradas}}: {event}',
  receivedPreview: '{count, plural, one {Tu entrada va adjunta.} other {Tus entradas van adjuntas.}}',
  receivedText:
    '{count, plural, one {La entrada para {event} ya es tuya. Va adjunta} other {Las entradas para {event} ya son tuyas. Van adjuntas}} en PDF, con el evento para tu calendario. Muestra {count, plural, one {el código} other {los códigos}} en la puerta, en el móvil o en papel.',
  confirmedPhonePreview:
    '{count, plural, one {Tu entrada está lista.} other {Tus # entradas están listas.}} Pedido {number}.',
  confirmedPhoneText:
    'Gracias, {name}. {count, plural, one {Tu entrada está lista} other {Tus # entradas están listas}}, y el evento para tu calendario va adjunto. Abre el pedido en tu teléfono antes de venir: ahí está el código para el acceso. Cambia cada 15 segundos, así que una foto no vale.',
  receivedPhonePreview: '{count, plural, one {Tu entrada está lista.} other {Tus entradas están listas.}}',
  receivedPhoneText:
    '{count, plural, one {La entrada para {event} ya es tuya.} other {Las entradas para {event} ya son tuyas.}} El evento para tu calendario va adjunto. Abre {count, plural, one {la entrada} other {las entradas}} en tu teléfono antes de venir: ahí está el código para el acceso. Cambia cada 15 segundos, así que una foto no vale.',
  openTicket: 'Abrir tu entrada',
  receivedSecret: 'Quien tenga este enlace puede usar tu entrada. No lo compartas.',
  receivedWhy: 'Recibes este correo porque aceptaste una entrada de {sender}.',
  passedOnSubject: '{count, plural, one {Entrada transferida} other {Entradas transferidas}}: {event}',
  passedOnPreview: '{recipient} ha aceptado {count, plural, one {tu entrada} other {tus entradas}}.',
  passedOnHeading: '{recipient} ha aceptado {count, plural, one {tu entrada} other {tus entradas}}',
  passedOnText:
    '{count, plural, one {Tu entrada para {event} es ahora de {recipient}. Tu código ya no sirve. Si {recipient} devuelve la entrada, el reembolso va a quien la pagó.} other {Tus # entradas para {event} son ahora de {recipient}. Tus códigos ya no sirven. Si {recipient} devuelve una entrada, el reembolso va a quien la pagó.}}',
  passedOnWhy: 'Recibes este correo porque ofreciste una entrada a alguien.',
  offerEndedSubject:
    '{count, plural, one {Entrada no transferida} other {Entradas no transferidas}}: {event}',
  offerEndedHeading:
    '{count, plural, one {La entrada no se ha transferido} other {Las entradas no se han transferido}}',
  offerDeclined:
    '{recipient} ha rechazado {count, plural, one {tu entrada} other {tus # entradas}} para {event}.',
  offerExpired:
    '{recipient} no ha aceptado a tiempo {count, plural, one {tu entrada} other {tus # entradas}} para {event}.',
  offerWithdrawn:
    '{sender} ha retirado {count, plural, one {la entrada} other {las # entradas}} para {event}. Ya no puedes {count, plural, one {aceptarla} other {aceptarlas}}.',
  offerStillYours:
    '{count, plural, one {Sigue siendo tuya y su código sigue siendo válido.} other {Siguen siendo tuyas y sus códigos siguen siendo válidos.}}',
  heldEndedSubject: 'Entrada cancelada: {event}',
  heldEndedHeading: 'Tu entrada ya no es válida',
  heldReturned: 'La entrada para {event} se ha devuelto y ya no permite entrar a nadie.',
  heldCancelled:
    'La entrada para {event} se ha cancelado y ya no permite entrar a nadie. Si tienes preguntas, dirígete a la organización.',
  heldEventCancelled:
    'La organización ha cancelado {event}, así que tu entrada ya no es válida. El archivo adjunto quita el evento de tu calendario.',
  heldMoney: 'Si se devuelve dinero, va a la persona que pagó la entrada.',
  // Tickets on resale
  resaleOfferedSubject: 'Ofrecida para reventa: {event}',
  resaleOfferedPreview: 'La entrada es tuya hasta que alguien la haya pagado.',
  resaleOfferedHeading: 'Tu entrada está ofrecida para reventa',
  resaleOfferedText:
    'Tu entrada para {event} va a las personas de la lista de espera, al precio que se pagó por ella. Sigue siendo tuya, y su código sigue valiendo, hasta que alguien la haya pagado. Si nadie la compra antes de {until}, te la quedas. Puedes retirarla en la página de la entrada.',
  resaleSoldSubject: 'Entrada revendida: {event}',
  resaleSoldPreview: 'Tu entrada es ahora de otra persona.',
  resaleSoldHeading: 'Tu entrada se ha revendido',
  resaleSoldText: 'Otra persona ha comprado tu entrada para {event}. Tu código ya no vale.',
  resaleSoldBack:
    '{back} vuelven a la tarjeta o cuenta con la que pagaste. Recibirás otro correo cuando se haya enviado; después tu banco puede tardar unos días.',
  resaleSoldBackToPayer:
    '{back} vuelven a la persona que pagó la entrada. Recibirá un correo cuando se haya enviado.',
  resaleEndedSubject: 'No revendida: {event}',
  resaleEndedHeading: 'Tu entrada no se ha revendido',
  resaleUnsold: 'Nadie ha comprado a tiempo tu entrada para {event}.',
  resaleOff: 'La organización de {event} ha terminado la reventa.',
  resaleRefunded:
    'Se ha devuelto una parte del precio de tu entrada para {event}, así que ya no está ofrecida. Puedes volver a ofrecerla por el resto.',
  resaleDisputed:
    'El banco de quien pagó tu entrada para {event} disputa el pago, así que ya no está ofrecida.',
  resalePrice: 'Precio',
  resaleFee: 'La organización se queda con',
  resaleBack: 'Se devuelve',
  resaleWhy: 'Recibes este correo porque ofreciste una entrada para reventa.',
  offerResale:
    'Esta oferta incluye la entrada de otra persona, al precio que pagó. Cuando pagues recibirás un código propio, y el suyo ya no valdrá.',
  // Messages of the organiser
  broadcastWhy: 'Recibe este correo porque tiene una entrada para {event}. Lo ha escrito el organizador.',
  newsWhy:
    'Recibe este correo porque tiene una entrada para {event}. Lo ha escrito el organizador. Puede desactivar estas novedades en su cuenta o en su programa de correo.',
} as const;

export default es satisfies TranslationOf<typeof en, typeof es>;
