import type { TranslationOf } from '../../ui/words.ts';
import type en from './en.ts';

const es = {
  missing: 'Completa este campo.',
  tooShort:
    '{limit, plural, one {Al menos # carácter.} many {Al menos # caracteres.} other {Al menos # caracteres.}}',
  tooLong:
    '{limit, plural, one {Como máximo # carácter.} many {Como máximo # caracteres.} other {Como máximo # caracteres.}}',
  tooLittle: '{limit} como mínimo.',
  tooMuch: '{limit} como máximo.',
  noNumber: 'Escribe un número entero.',
  noAddress: 'Esto no es una dirección de correo.',
  localPart:
    'Los servidores de correo solo admiten antes de la @ letras sin acentos (de la a a la z), cifras y signos.',
  wrong: 'Esto no puede ser correcto.',
  savedMeanwhile: 'Otra persona ha guardado esto mientras tanto',
  savedMeanwhileText:
    'Lo tuyo todavía no está guardado. Los campos que no has tocado muestran los valores nuevos. Guarda otra vez para que valga lo que has escrito en lugar de los valores de abajo.',
  empty: 'vacío',
  leaveTitle: '¿Salir sin guardar?',
  leaveText: 'Lo que has escrito en esta página no está guardado. Si sales, se pierde.',
  leave: 'Salir',
  stay: 'Quedarse',
} as const;

export default es satisfies TranslationOf<typeof en, typeof es>;
