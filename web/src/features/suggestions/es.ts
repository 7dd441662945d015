import type { TranslationOf } from '../../ui/words.ts';
import type en from './en.ts';

const es = {
  what: 'Admit puede sugerir textos, una categoría, etiquetas y precios. Nada cambia hasta que tú lo digas.',
  ask: 'Sugerir textos y precios',
  again: 'Sugerir de nuevo',
  nothing: 'Todavía no hay nada que sugerir. Completa más campos e inténtalo de nuevo.',
  found: '{count, plural, one {Una sugerencia} many {# sugerencias} other {# sugerencias}}',
  aiFailed: 'El modelo de lenguaje no ha respondido. Inténtalo más tarde.',
  aiLimited: 'Tu organización ya ha consultado hoy el modelo de lenguaje tantas veces como puede.',
  byModel: 'Modelo de lenguaje',
  title: 'Título',
  summary: 'Resumen',
  description: 'Descripción',
  category: 'Categoría',
  tags: 'Etiquetas',
  tagsHint: 'Hasta 10, separadas por comas: al aire libre, jazz',
  tagsWrong: 'Como mucho 10 etiquetas de hasta 30 letras.',
  price: 'Precios de las entradas',
  middle: 'medio',
  use: 'Usar',
  undo: 'Deshacer',
  useField: 'Usar: {field}',
  useModelField: 'Usar: {field} (modelo de lenguaje)',
  undoField: 'Deshacer: {field}',
  used: 'Ya está en el formulario. Guarda cuando termines.',
  there: 'Ya está ahí.',
  fromTyped: 'según lo que has escrito',
  fromOwn: 'según tu evento «{title}» del {day}',
  fromSimilar:
    '{kind}: {count, plural, one {según un evento parecido} many {según # eventos parecidos} other {según # eventos parecidos}}',
  fromSimilarIn:
    '{kind}: {count, plural, one {según un evento parecido en {city}} many {según # eventos parecidos en {city}} other {según # eventos parecidos en {city}}}',
} as const;

export default es satisfies TranslationOf<typeof en, typeof es>;
