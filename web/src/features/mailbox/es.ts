import type { TranslationOf } from '../../ui/words.ts';
import type en from './en.ts';

const es = {
  title: 'Buzón',
  lead: 'Donde no hay servidor de correo, todo lo que se enviaría llega aquí.',
  none: 'Aún no hay correo',
  noneText: 'Compra una entrada o abre una cuenta y aquí estará.',
  to: 'Para',
  from: 'De',
  filter: 'Solo el correo para',
  back: 'Todo el correo',
  attachments: 'Adjuntos',
  content: 'Contenido del correo',
  asText: 'Como texto',
  refresh: 'Mirar otra vez',
} as const;

export default es satisfies TranslationOf<typeof en, typeof es>;
