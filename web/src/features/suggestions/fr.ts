import type { TranslationOf } from '../../ui/words.ts';
import type en from './en.ts';

const fr = {
  what: 'Admit peut proposer des textes, une catégorie, des mots-clés et des prix. Rien ne change sans votre accord.',
  ask: 'Proposer des textes et des prix',
  again: 'Proposer à nouveau',
  nothing: 'Rien à proposer pour l’instant. Complétez le formulaire, puis réessayez.',
  found: '{count, plural, one {Une proposition} many {# propositions} other {# propositions}}',
  aiFailed: 'Le modèle de langage n’a pas répondu. Réessayez plus tard.',
  aiLimited: 'Votre organisation a interrogé le modèle de langage autant de fois que permis aujourd’hui.',
  byModel: 'Modèle de langage',
  title: 'Titre',
  summary: 'Résumé',
  description: 'Description',
  category: 'Catégorie',
  tags: 'Mots-clés',
  tagsHint: '10 au plus, séparés par des virgules : plein air, jazz',
  tagsWrong: 'Au plus 10 mots-clés de 30 lettres chacun.',
  price: 'Prix des billets',
  middle: 'milieu',
  use: 'Utiliser',
  undo: 'Annuler',
  useField: 'Utiliser : {field}',
  useModelField: 'Utiliser : {field} (modèle de langage)',
  undoField: 'Annuler : {field}',
  used: 'C’est dans le formulaire. Enregistrez quand vous avez fini.',
  there: 'C’est déjà là.',
  fromTyped: 'd’après votre saisie',
  fromOwn: 'd’après votre événement « {title} » du {day}',
  fromSimilar:
    '{kind} : {count, plural, one {d’après un événement semblable} many {d’après # événements semblables} other {d’après # événements semblables}}',
  fromSimilarIn:
    '{kind} : {count, plural, one {d’après un événement semblable à {city}} many {d’après # événements semblables à {city}} other {d’après # événements semblables à {city}}}',
} as const;

export default fr satisfies TranslationOf<typeof en, typeof fr>;
