import type { TranslationOf } from '../../ui/words.ts';
import type en from './en.ts';

const es = {
  title: 'Acceso',
  pick: '¿En qué evento estás?',
  none: 'Ningún evento al que dar acceso',
  noneText: 'Ves los eventos de las organizaciones de cuyo equipo formas parte.',
  scan: 'Escanear: {event}',
  back: 'Otro evento',
  gate: 'Puerta',
  gateHint: 'Se anota en cada acceso, por ejemplo «Norte».',
  camera: 'Escanear con la cámara',
  cameraOff: 'Parar la cámara',
  cameraStarting: 'Iniciando la cámara',
  cameraDenied:
    'No hay permiso para usar la cámara. Dáselo en los ajustes del navegador o escribe el código.',
  cameraNone: 'Aquí no hay cámara. Escribe el código o usa un lector de mano.',
  aim: 'Pon el código delante de la cámara',
  code: 'Código de la entrada',
  codeHint: 'Escríbelo o pégalo; un lector de mano lo escribe por ti.',
  check: 'Validar',
  checking: 'Validando',
  counter: '{admitted} de {tickets} dentro',
  admitted: 'Adelante',
  notYet: 'Este evento no es hoy. Las puertas abren el {when}.',
  longOver: 'Este evento ya pasó. Terminó el {when}.',
  usesUp:
    'Una entrada que escaneas queda usada y no deja pasar a su dueño otra vez. ¿Estás en el evento correcto?',
  refused: 'Rechazada',
  offline: 'Sin respuesta',
  offlineText: 'No se ha podido llegar al servidor. El mismo código se puede validar otra vez sin riesgo.',
  usedAt: 'Usada {when}',
  atGate: 'en la puerta {gate}',
  byName: 'por {name}',
  order: 'Pedido {number}',
  next: 'Siguiente',
  seatName: '{section}, fila {row}, asiento {seat}',
  seatNameNoRow: '{section}, asiento {seat}',
  last: 'Últimos escaneos',
} as const;

export default es satisfies TranslationOf<typeof en, typeof es>;
