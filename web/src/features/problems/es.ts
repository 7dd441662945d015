import type { TranslationOf } from '../../ui/words.ts';
import type en from './en.ts';

const es = {
  unreachable: 'No hemos podido llegar al servidor. Revisa tu conexión e inténtalo de nuevo.',
  invalid_request: 'Aquí falta algo o algo no está bien.',
  payload_too_large: 'Es más grande de lo que podemos aceptar.',
  not_found: 'Aquí no hay nada, o no te corresponde verlo.',
  version_mismatch: 'Alguien ha cambiado esto mientras tanto. Cárgalo otra vez y repite tu cambio.',
  unauthenticated: 'Primero entra, o sigue como invitado.',
  forbidden: 'Tu rol no lo permite.',
  suspended: 'Esta cuenta está suspendida.',
  invalid_credentials: 'El correo o la contraseña no son correctos.',
  wrong_password: 'La contraseña actual no es correcta.',
  password_too_common:
    'Esta contraseña es de las primeras que cualquiera probaría. Elige otra, por ejemplo tres palabras seguidas.',
  password_too_personal:
    'Esta contraseña está hecha con tu nombre, tu dirección o el nuestro. Elige una que nadie pueda deducir.',
  email_taken: 'Ya hay una cuenta con esta dirección. Entra o elige una contraseña nueva.',
  email_already_verified: 'Esta dirección ya está confirmada.',
  order_link_invalid: 'Este enlace al pedido ya no sirve. Pide uno nuevo con el número de pedido.',
  order_address_fixed:
    'La dirección de este pedido ya no se puede cambiar: se ha usado una entrada o el pedido ha terminado.',
  token_invalid: 'Este enlace ha caducado o ya se ha usado. Pide uno nuevo.',
  sign_in_to_verify:
    'En este navegador no has entrado en la cuenta. Entra para confirmar la dirección, o elige una contraseña nueva.',
  email_not_verified: 'Primero confirma tu dirección de correo.',
  request_timeout: 'Tu solicitud ha tardado demasiado en llegar. Comprueba la conexión e inténtalo de nuevo.',
  exports_busy: 'Tu equipo ya está descargando dos archivos. Espera a que termine uno de ellos.',
  not_admitted: 'Este evento tiene una cola. Únete a ella y elige tus plazas cuando sea tu turno.',
  queue_ended: 'La cola de este evento está cerrada.',
  proof_required:
    'Sin una dirección de correo confirmada, tu navegador tiene que hacer un cálculo antes de que puedas unirte a esta cola.',
  queue_network_limit:
    'Muchas personas de tu red se han unido a esta cola. Espera un momento o inicia sesión con una dirección de correo confirmada.',
  rehearsal_under_way: 'Ya hay un ensayo de este evento en marcha. Espera a que termine.',
  unknown_lane_code: 'Esta cola no tiene ningún carril con este código. Revisa el código.',
  lane_full:
    'Tantas personas han usado este código que su carril está lleno. Tu puesto en la cola se mantiene.',
  lanes_closed: 'Los códigos de un carril solo cuentan antes del sorteo.',
  draw_pending: 'El orden de esta cola aún no se ha sorteado.',
  payout_changed: 'Ahora vence otro importe. Vuelve a cargar la lista y compáralo con lo que has pagado.',
  payout_account_not_ready:
    'Esta organización no tiene una cuenta que reciba transferencias. Paga a mano o pídele que conecte una.',
  payouts_by_hand_only:
    'Esta plataforma paga a los organizadores a mano. No hay ninguna cuenta que conectar.',
  payout_reference_used:
    'Este organizador ya tiene un pago de otro importe con esta referencia. Indica otra referencia.',
  large_request_pending:
    'Todavía estamos procesando lo último que enviaste. Espera a que termine e inténtalo de nuevo.',
  large_requests_busy:
    'Ahora mismo se están guardando muchos planos grandes. Inténtalo de nuevo en un momento.',
  headers_too_large: 'Tu navegador envía demasiadas cookies de este sitio. Bórralas e inténtalo de nuevo.',
  sms_off: 'Este sitio no envía SMS.',
  sms_unavailable: 'Ahora mismo no se pueden enviar SMS. Inténtalo más tarde.',
  phone_number_refused: 'Este número no puede recibir SMS de aquí. Compruébalo o usa otro.',
  phone_number_stopped:
    'Este número respondió STOP. Envía START desde él al número del que llegaron los SMS.',
  sms_code_wrong: 'Este no es el código del SMS.',
  sms_code_ended: 'Este código ya no vale. Pide uno nuevo.',
  rate_limited: 'Demasiadas solicitudes. Espera un momento e inténtalo de nuevo.',
  busy: 'Hay muchísima gente comprando ahora mismo. Inténtalo de nuevo en un momento.',
  unavailable: 'Ahora mismo no es posible. Inténtalo de nuevo en un momento.',
  internal: 'Algo ha ido mal por nuestra parte.',
  already_published: 'Este evento ya está publicado.',
  event_on_sale:
    'Este evento está publicado y aún no ha terminado. Retira la publicación antes de archivarlo.',
  event_not_deletable:
    'Este evento estuvo publicado, así que puede haber gente con su dirección o sus entradas. Archívalo en su lugar.',
  date_rule_refused: 'Admit no puede crear fechas con esta regla.',
  too_many_dates: 'Son más fechas de las que se pueden crear a la vez. Haz que la regla termine antes.',
  preview_limit:
    'Este evento ya tiene tantos enlaces de vista previa válidos como puede tener. Revoca uno primero.',
  event_not_publishable: 'Al evento le falta algo que necesita para poder publicarse.',
  event_has_sales: 'Hay plazas de este evento reservadas o vendidas, así que esto ya no se puede cambiar.',
  capacity_below_taken: 'Ya hay más plazas reservadas o vendidas.',
  slug_taken: 'Otro evento ya tiene esta dirección.',
  event_not_on_sale: 'Este evento no está a la venta.',
  sale_not_started: 'La venta aún no ha empezado.',
  sale_ended: 'La venta ha terminado.',
  sold_out: 'No quedan plazas suficientes.',
  waitlist_off: 'Este evento no tiene lista de espera.',
  offer_link_invalid: 'Esta oferta ha terminado o su enlace no está completo.',
  places_available: 'Ahora hay plazas a la venta, así que no hace falta esperar. Elígelas arriba.',
  already_waiting:
    'Ya esperas por este tipo de entrada. Sal primero de la lista si necesitas otro número de plazas.',
  party_too_large: 'Nunca habrá tantas plazas. Espera por menos.',
  waitlist_network_limit: 'Desde tu red se esperan demasiadas plazas. Espera por menos o usa otra conexión.',
  accessible_taken: 'No quedan tantas plazas para silla de ruedas con asientos de acompañante al lado.',
  seats_taken: 'Otra persona ha cogido uno de estos asientos.',
  seat_map_changed: 'El plano de asientos ha cambiado. Mira el nuevo y elige otra vez.',
  limit_reached: 'Son más plazas de las que una persona puede tener en este evento.',
  ticket_needed: 'Este extra es solo para quien tiene una entrada. Elige también una entrada.',
  extra_limit_reached: 'Son más unidades de este extra de las que puedes tener.',
  too_few_tickets: 'Estas entradas se venden desde {minimum} por pedido. Elige más, o ninguna.',
  price_too_low: 'Estas entradas cuestan más. Escribe un precio más alto.',
  network_limit:
    'Desde tu red hay ahora muchas plazas reservadas para este evento. Espera un poco o inicia sesión con una dirección confirmada.',
  hold_again_later: 'Tu tiempo para estas plazas ha terminado. Elige otras o resérvalas más tarde.',
  email_limit_reached:
    'Una dirección de correo puede tener {limit, plural, one {# entrada} many {# entradas} other {# entradas}} en este evento, y esta ya tiene {have}. Usa otra dirección o devuelve algunas plazas.',
  amount_too_large: 'Estas entradas cuestan juntas más de lo que puede costar un pedido. Elige menos.',
  hold_expired: 'Se ha acabado el tiempo para comprar estas plazas.',
  hold_ended: 'Estas plazas ya no están reservadas.',
  unknown_promo_code: 'No existe ese código promocional para este evento.',
  promo_code_ended: 'Este código promocional ha caducado.',
  tooManyPromoCodes:
    'Demasiados códigos promocionales eran incorrectos. Inténtalo de nuevo en {minutes, plural, one {# minuto} other {# minutos}}.',
  promo_code_used_up: 'Este código promocional ya no alcanza para tantas entradas.',
  promoUsesLeft:
    '{count, plural, =0 {Este código está agotado.} one {A este código solo le queda # uso.} many {A este código solo le quedan # usos.} other {A este código solo le quedan # usos.}}',
  access_code_needed: 'Estas entradas necesitan un código. Introduce el que te dieron.',
  code_not_for_places: 'Este código es para otras entradas u otro asiento.',
  code_keeps_places: 'Estas plazas están reservadas para el código. Devuélvelas para seguir sin él.',
  code_taken: 'Este evento ya tiene algunos de estos códigos.',
  too_many_codes: 'Un evento tiene como máximo 100 000 códigos. Crea menos.',
  promo_code_not_for_these: 'Un código promocional no reduce un precio que eliges tú.',
  already_ordered: 'El pedido ya está hecho; sus entradas y su precio ya no se pueden cambiar.',
  order_not_cancellable: 'Este pedido ya no se puede cancelar.',
  ticket_not_of_order: 'Esta entrada no es de este pedido.',
  ticket_not_cancellable: 'Una entrada ya usada o cancelada no se puede cancelar.',
  refund_lower: 'Ahora se devuelve menos que antes. No se ha cancelado nada.',
  amount_differs: 'El precio ha cambiado. No se ha vendido nada. Mira el nuevo precio e inténtalo otra vez.',
  refund_not_by_hand: 'Este reembolso lo envía el proveedor de pagos.',
  refund_not_allowed: 'Las condiciones de este evento ya no permiten la devolución.',
  order_not_refundable: 'En este pedido no hay nada que devolver ni cancelar.',
  order_disputed:
    'El banco del comprador ha disputado este pago. No se puede devolver nada hasta que decida.',
  refund_exceeds_paid: 'Es más de lo que queda de lo pagado: {left}.',
  nothing_to_invoice:
    'No queda nada que facturar de este pedido: era gratis, no se pagó o se reembolsó por completo.',
  too_many_corrections:
    'La dirección de esta factura se ha corregido demasiadas veces. Pide ayuda al organizador.',
  payment_not_open: 'Este pago ya está terminado.',
  payment_provider_unavailable:
    'El servicio de pago no responde. Tus plazas siguen reservadas; inténtalo de nuevo.',
  already_used: 'Esta entrada ya se ha usado.',
  wrong_event: 'Esta entrada es para otro evento.',
  ticket_cancelled: 'Esta entrada se canceló.',
  wrong_gate: 'Esta entrada no vale en este punto de control.',
  not_a_ticket: 'Este código es de un extra. No da acceso a nadie.',
  wrong_ticket_type: 'Este dispositivo no puede dejar pasar entradas de este tipo.',
  not_today: 'Este punto de control no abre ese día.',
  not_yet_paid: 'El organizador aún no ha liberado el pedido de esta entrada.',
  ticket_disputed:
    'El banco del comprador reclama el dinero de esta entrada. Un responsable puede dejarla pasar igualmente.',
  already_inside: 'La persona con esta entrada está dentro y no se escaneó al salir.',
  not_inside: 'No hay nadie dentro con esta entrada.',
  house_full: 'Ya hay dentro tantas personas como se permite. Espera a que salga alguien.',
  handout_used: 'Ya se entregó todo lo que da esta entrada aquí.',
  wrong_number:
    'Ninguna entrada de este evento tiene este número. Compáralo con la entrada y escríbelo otra vez.',
  too_many_attempts:
    'Aquí se escribieron demasiados números equivocados. Escanea el código de la entrada o espera.',
  check_in_not_latest: 'Con esta entrada se escaneó algo más tarde. Deshaz eso primero.',
  check_in_undone: 'Este escaneo ya no cuenta.',
  checkpoint_in_use:
    'Un enlace de puerta todavía escanea en un punto de control que quieres quitar. Revoca antes el enlace.',
  door_conflict_resolved: 'Alguien ya ha resuelto este conflicto. Carga la lista de nuevo.',
  ticket_held: 'El organizador revisa antes este pedido. El pedido indica hasta cuándo espera la entrada.',
  order_review_decided: 'Alguien ya ha decidido sobre este pedido. Vuelve a cargar la lista.',
  appeal_made: 'Ya has escrito sobre este pedido. El organizador lo leerá.',
  stale_code:
    'Es una copia de un código que cambia, por ejemplo una captura de pantalla. Pide al asistente que abra la entrada en su teléfono.',
  paper_not_accepted: 'Esta entrada solo vale con el código que cambia, en el teléfono del asistente.',
  codes_fixed: 'Los códigos de este evento no cambian.',
  picture_refused:
    'Este archivo no es una imagen utilizable. Usa JPEG, PNG, WebP o AVIF de al menos 600 × 300 píxeles.',
  pictures_full: 'Tu organización ha enviado tantas imágenes como puede: 100 al día y 2000 en total.',
  pictures_out_of_room: 'El servidor no tiene sitio para más imágenes. Avisa a quienes lo gestionan.',
  seat_layout_changed:
    'El plano de sala de este evento se cambió de otra manera. Di primero si el dibujo lo sustituye.',
  seat_plan_changed: 'Alguien ha guardado otra versión de este plano de sala. Mírala y luego aplícala.',
  plan_name_taken: 'Ya hay un plano de sala con este nombre. Elige otro.',
  too_many_plans: 'La biblioteca ya tiene 50 planos de sala. Elimina uno primero.',
  pictures_busy: 'El servidor está procesando muchas imágenes. Inténtalo de nuevo en un momento.',
  pictures_unavailable: 'Las imágenes no están disponibles ahora. Inténtalo de nuevo en un momento.',
  paper_not_allowed: 'Las entradas de este evento se muestran en un teléfono. No hay en papel.',
  paper_not_asked: 'Esta entrada se muestra en un teléfono. Pídela primero en papel.',
  ticket_reissued: 'Esta entrada se sustituyó por otra más reciente.',
  bad_signature: 'Este código no es nuestro.',
  unknown_ticket: 'No conocemos esta entrada.',
  door_link_unknown:
    'Esto no es un enlace de puerta, o no está completo. Escanea de nuevo su código QR o pide otro.',
  door_link_ended:
    'Este enlace de puerta ha terminado, así que este dispositivo ya no puede escanear. Pide un enlace nuevo al organizador.',
  link_full: 'Aquí no se pueden registrar más dispositivos.',
  link_limit: 'Este evento ya tiene tantos enlaces de puerta válidos como puede tener. Revoca uno primero.',
  answers_refused: 'Faltan respuestas o hay alguna incorrecta. Mira los campos marcados.',
  answers_fixed: 'Estas respuestas ya no se pueden cambiar.',
  attendee_names_required: 'El organizador pregunta quién viene: indica un nombre por entrada.',
  code_wrong: 'Este código es incorrecto o demasiado antiguo.',
  second_step_over: 'El tiempo para el código ha pasado, o fue incorrecto demasiadas veces. Vuelve a entrar.',
  two_factor_on: 'El segundo paso ya está activado.',
  two_factor_off: 'El segundo paso no está activado.',
  passkey_refused: 'Esta clave de acceso no se ha aceptado.',
  sign_in_again: 'Hace un rato que entraste aquí. Vuelve a entrar para hacer esto.',
  tickets_ahead: 'Tienes entradas para eventos que vienen.',
  last_owner: 'Una organización se quedaría sin propietario. Da antes ese papel a otra persona.',
  owner_must_accept: 'Esta persona solo será propietaria si acepta una invitación.',
  already_member: 'Esta persona ya está en el equipo. Cambia su rol en la lista.',
  already_invited: 'Esta dirección tiene una invitación abierta. Envíala de nuevo o retírala antes.',
  invitation_declined: 'Esta invitación se rechazó.',
  invitation_withdrawn: 'Esta invitación se ha retirado. Pide una nueva.',
  invitation_expired: 'Esta invitación ha caducado. Pide que la envíen de nuevo.',
  invitation_used: 'Esta invitación ya se aceptó.',
  invitation_other_address: 'Esta invitación se envió a otra dirección que la de tu cuenta.',
  // Tickets that change hands
  ticket_used: 'Esta entrada se usó en la puerta y no puede cambiar.',
  event_over: 'Este evento ha terminado.',
  ticket_transferred:
    'Esta entrada se transfirió a otra persona. Solo ella puede usarla, devolverla o transferirla.',
  ticket_refunded: 'El precio de esta entrada se reembolsó.',
  transfers_off: 'La organización no permite transferir entradas de este evento.',
  transfers_ended: 'El plazo para transferir entradas de este evento ha terminado.',
  transfer_to_oneself: 'Esta entrada es tuya. Transfiérela a otra persona.',
  transfer_pending: 'Esta entrada ya está ofrecida a alguien. Retira antes esa oferta.',
  transfer_not_accepted: 'Nadie ha aceptado aún esta entrada.',
  transfer_accepted: 'Alguien ya ha aceptado esta entrada.',
  transfer_declined: 'Esta entrada se rechazó. Pídela de nuevo.',
  transfer_withdrawn: 'La persona que la ofrecía ha retirado la oferta.',
  transfer_expired: 'El plazo para aceptar esta entrada ha terminado. Pide que te la ofrezcan de nuevo.',
  not_another_date:
    'Este evento no es otra fecha de la serie de la entrada. Elige una de las fechas que se muestran.',
  exchanges_off: 'El organizador no permite cambiar entradas de este evento por otras. Pregúntale.',
  exchanges_ended: 'El plazo para cambiar entradas ha terminado. Pregunta al organizador.',
  exchange_pending: 'Un cambio de esta entrada espera el pago. Págalo o cancélalo primero.',
  exchange_same_place: 'Tu entrada ya tiene esta plaza. Elige otra.',
  exchange_refund_not_allowed:
    'La nueva plaza es más barata y la política de reembolso no devuelve la diferencia.',
  renames_off: 'La organización no permite cambiar los nombres de las entradas. Pregúntale.',
  renames_ended:
    'El plazo para cambiar los nombres de las entradas ha terminado. Pregunta a la organización.',
  resales_off: 'La organización no permite revender entradas de este evento.',
  resales_ended: 'El plazo para ofrecer entradas para la reventa ha terminado.',
  resale_pending: 'Esta entrada está en reventa. Retírala antes.',
  resale_in_payment: 'Alguien está pagando esta entrada. Inténtalo de nuevo cuando termine su tiempo.',
  resale_too_cheap:
    'Esta entrada costó menos de lo que se puede pagar con tarjeta, así que nadie podría comprarla.',
  places_fixed:
    'Estas entradas son de otras personas y cuestan lo que ellas pagaron, así que no se puede cambiar nada.',
} as const;

export default es satisfies TranslationOf<typeof en, typeof es>;
