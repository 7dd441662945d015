import type { TranslationOf } from '../../../contract/words.ts';
import type en from './en.ts';

const es = {
  description: 'Entrada para {event}',
  doors: 'Puertas',
  venue: 'Lugar',
  section: 'Sección',
  row: 'Fila',
  seat: 'Asiento',
  ticket: 'Entrada',
  name: 'Nombre',
  when: 'Cuándo',
  address: 'Dirección',
  order: 'Pedido',
  link: 'Tu entrada',
  timeChanged: 'Nueva hora: {value}',
  doorsChanged: 'Las puertas abren ahora a las {value}',
  venueChanged: 'Nuevo lugar: {value}',
  seatChanged: 'Nuevo asiento: {value}',
  state: 'No válida',
  voidCancelled: 'Cancelada',
  voidPassedOn: 'Traspasada',
  voidEvent: 'Evento cancelado',
  voidTurns: 'Mira tu entrada',
} as const;

export default es satisfies TranslationOf<typeof en, typeof es>;
