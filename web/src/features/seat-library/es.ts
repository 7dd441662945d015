import type { TranslationOf } from '../../ui/words.ts';
import type en from './en.ts';

const es = {
  title: 'Planos de sala',
  text: 'Salas que dibujas una vez y usas en muchos eventos. Cada evento recibe una copia.',
  mayNot: 'Tu función no permite ver los planos de sala de esta organización.',
  empty: 'La biblioteca aún no tiene planos.',
  draw: 'Abrir',
  drawOf: 'Abrir {name} en el editor de planos',
  use: 'Usar',
  useOf: 'Usar {name}',
  remove: 'Eliminar',
  removeOf: 'Eliminar {name}',
  removeTitle: '¿Eliminar {name}?',
  removeText:
    'La última versión se guardó el {when}. Con el plano se eliminan las {count} versiones que se conservan. Los eventos que tienen una copia la mantienen. No se puede deshacer.',
  removeNow: 'Eliminar el plano',
  keep: 'Conservar',
  changed: 'Alguien acaba de guardar otra versión de este plano. Mírala antes de eliminar el plano.',
  newName: 'Nombre del plano nuevo',
  create: 'Dibujar un plano nuevo',
  seatCount: '{count, plural, one {# asiento} other {# asientos}}',
  savedAt: 'Versión {version}, {when}',
  savedBy: 'Versión {version}, {when}, {name}',
  versions: 'Versiones',
  versionsText:
    'Se conservan las últimas {count} versiones. Una anterior vuelve al dibujo; guárdala para que sea la última.',
  show: 'Mostrar la versión {version}',
  restore: 'Recuperar la versión {version}',
  restored: 'La versión {version} está en el dibujo.',
  saveVersion: 'Guardar una versión nueva',
  allSaved: 'Nada ha cambiado desde la última versión.',
  mayNotDraw: 'Tu función permite ver este plano, pero no cambiarlo.',
  saveAs: 'Guardar como',
  newPlan: 'Un plano nuevo',
  versionOf: 'Versión nueva de {name}',
  close: 'Cerrar',
  versionChanged:
    'Alguien ha guardado otra versión de {name} mientras tanto. Guarda otra vez para poner la tuya después.',
} as const;

export default es satisfies TranslationOf<typeof en, typeof es>;
