import type { TranslationOf } from '../../ui/words.ts';
import type en from './en.ts';

const es = {
  title: 'En línea',
  text: 'Di si se puede asistir en línea. El enlace está en las entradas y en los correos de quienes tienen una, y en ningún otro sitio.',
  mayNot: 'Con tu rol no puedes ver el enlace.',
  attendance: 'Cómo se asiste',
  'in-person': 'En el lugar',
  online: 'En línea',
  mixed: 'En el lugar y en línea',
  link: 'Enlace',
  linkHint: 'Una dirección https. Déjalo vacío hasta que tengas una.',
  linkWrong: 'Escribe una dirección que empiece por https://.',
  note: 'Nota',
  noteHint: 'Por ejemplo el código de la sala, o cuándo se abre.',
  tell: 'Avisar a todos los que tienen una entrada',
  tellHint: 'Reciben un correo que lleva a sus entradas. El correo no contiene el enlace.',
  conflict:
    'Otra persona ha guardado mientras tanto. Sus cambios están en el formulario con los tuyos. Mira y guarda.',
  conflictBoth: 'Otra persona ha cambiado lo mismo. Di qué vale.',
  conflictTake: 'Tomar el suyo',
  conflictEmpty: '(vacío)',
  conflictKeep: 'Conservar el mío',
  saved: 'Guardado.',
  savedTold:
    'Guardado. {count, plural, one {Una persona recibe un correo.} many {# personas reciben un correo.} other {# personas reciben un correo.}}',
  save: 'Guardar',
} as const;

export default es satisfies TranslationOf<typeof en, typeof es>;
