import type { TranslationOf } from '../../../contract/words.ts';
import type en from './en.ts';

const es = {
  // El PDF
  document: '{event}: pedido {number}',
  ticketOf: 'Entrada {n} de {count}',
  venue: 'Lugar',
  doors: 'Puertas',
  extra: 'Extra',
  showExtra: 'Muéstralo al recoger',
  byPost: 'Llega por correo',
  nothingToCollect: 'No hay que recoger nada',
  admission: 'Acceso',
  section: 'Zona',
  row: 'Fila',
  seat: 'Asiento',
  name: 'Nombre',
  bookedBy: 'A nombre de',
  ticket: 'Entrada',
  price: 'Precio',
  free: 'Gratis',
  order: 'Pedido',
  show: 'Enseña este código en el acceso',
  once: 'Este código admite a una persona, una vez. Cuenta la primera lectura: guárdalo para ti y no compartas ninguna imagen.',
  howTo:
    'Imprime esta página o enséñala en un teléfono; sube el brillo y muestra el código entero en la pantalla.',
  questions: 'Preguntas o cambios: abre el pedido {number} donde lo hiciste.',
  // El calendario
  doorsOpen: 'Apertura de puertas: {time}.',
  calendarNote: 'Pedido {number}. Tus entradas:',
  calendarJoin: 'Entrar en línea:',
} as const;

export default es satisfies TranslationOf<typeof en, typeof es>;
