import type { TranslationOf } from '../../ui/words.ts';
import type en from './en.ts';

const es = {
  title: 'Plazas bloqueadas',
  text: 'Plazas que no se venden: para la casa, una cámara, un patrocinador. Solo se pueden bloquear plazas libres. Las plazas liberadas van primero a la lista de espera.',
  blocked: 'Bloqueadas ahora',
  empty: 'No hay ninguna plaza bloqueada.',
  places: '{count, plural, one {# plaza} other {# plazas}}',
  since: 'Desde {when}',
  release: 'Liberar',
  label: 'Para qué',
  labelHint: 'Solo lo ve tu equipo, por ejemplo «invitados de la casa» o «cámara».',
  labelMissing: 'Indica para qué son las plazas.',
  nothing: 'Este evento no tiene plazas.',
  where: 'Tipo de entrada o fila',
  quantity: 'Cuántas plazas',
  first: 'Primer asiento',
  last: 'Último asiento',
  block: 'Bloquear',
  done: '{count, plural, one {# plaza ya no está} other {# plazas ya no están}} a la venta.',
} as const;

export default es satisfies TranslationOf<typeof en, typeof es>;
