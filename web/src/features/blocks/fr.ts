import type { TranslationOf } from '../../ui/words.ts';
import type en from './en.ts';

const fr = {
  title: 'Places bloquées',
  text: 'Des places que vous ne vendez pas : pour la maison, une caméra, un partenaire. Seules les places libres peuvent être bloquées. Les places libérées vont d’abord à la liste d’attente.',
  blocked: 'Bloquées actuellement',
  empty: 'Aucune place n’est bloquée.',
  places: '{count, plural, one {# place} other {# places}}',
  since: 'Depuis {when}',
  release: 'Libérer',
  label: 'Pour quoi',
  labelHint: 'Seule votre équipe le voit, par exemple « places maison » ou « caméra ».',
  labelMissing: 'Indiquez à quoi servent ces places.',
  nothing: 'Cet événement n’a pas de places.',
  where: 'Type de billet ou rang',
  quantity: 'Combien de places',
  first: 'Premier siège',
  last: 'Dernier siège',
  block: 'Bloquer',
  done: '{count, plural, one {# place n’est plus} other {# places ne sont plus}} en vente.',
} as const;

export default fr satisfies TranslationOf<typeof en, typeof fr>;
