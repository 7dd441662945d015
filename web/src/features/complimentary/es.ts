import type { TranslationOf } from '../../ui/words.ts';
import type en from './en.ts';

const es = {
  title: 'Entradas de cortesía',
  text: 'Entradas que regalas: a la prensa, a invitados del artista, a un patrocinador. No cuestan nada, no cuentan para ningún límite y ocupan plazas libres o que has bloqueado.',
  notPublished: 'Publica el evento para emitir entradas.',
  name: 'Nombre de la persona',
  email: 'Correo electrónico',
  emailHint: 'Las entradas se envían allí enseguida.',
  note: 'Por qué (opcional)',
  noteHint: 'Solo lo ve tu equipo, por ejemplo «prensa».',
  recipientMissing: 'Indica quién recibe las entradas.',
  nothing: 'Este evento no tiene plazas.',
  issue: 'Emitir entradas',
  done: '{count, plural, one {# entrada va} other {# entradas van}} en camino a {email}.',
  openOrder: 'Abrir el pedido {number}',
  issued: 'Entradas de cortesía hasta ahora',
} as const;

export default es satisfies TranslationOf<typeof en, typeof es>;
