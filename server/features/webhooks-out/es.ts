import type { TranslationOf } from '../../../contract/words.ts';
import type en from './en.ts';

const es = {
  subject: 'Webhooks desactivados: {host}',
  preview: 'Admit ya no envía webhooks a {host}.',
  heading: 'Se ha desactivado un destino',
  gone: 'El destino ha respondido que no quiere más webhooks (410). Por eso Admit lo ha desactivado.',
  failures:
    'Admit lo ha intentado durante tres días y no ha llegado ningún webhook. Por eso el destino está desactivado.',
  after: 'Cuando vuelva a funcionar, actívalo. Entonces podrás hacer que se envíe todo lo que se ha perdido.',
  endpoint: 'Destino',
  button: 'Ver el registro',
  why: 'Recibes este mensaje porque puedes gestionar los webhooks de tu equipo.',
} as const;

export default es satisfies TranslationOf<typeof en, typeof es>;
