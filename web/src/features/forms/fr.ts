import type { TranslationOf } from '../../ui/words.ts';
import type en from './en.ts';

const fr = {
  missing: 'Remplissez ce champ.',
  tooShort:
    '{limit, plural, one {Au moins # caractère.} many {Au moins # caractères.} other {Au moins # caractères.}}',
  tooLong:
    '{limit, plural, one {# caractère au plus.} many {# caractères au plus.} other {# caractères au plus.}}',
  tooLittle: '{limit} au moins.',
  tooMuch: '{limit} au plus.',
  noNumber: 'Saisissez un nombre entier.',
  noAddress: 'Ce n’est pas une adresse e-mail.',
  localPart:
    'Les serveurs de messagerie n’acceptent avant le @ que des lettres sans accents (a à z), des chiffres et des signes.',
  wrong: 'Cela ne peut pas être exact.',
  savedMeanwhile: 'Quelqu’un a enregistré ceci entre-temps',
  savedMeanwhileText:
    'Rien de votre saisie n’est encore enregistré. Les champs que vous n’avez pas touchés montrent les nouvelles valeurs. Enregistrez à nouveau pour que votre saisie remplace les valeurs ci-dessous.',
  empty: 'vide',
  leaveTitle: 'Quitter sans enregistrer ?',
  leaveText: 'Ce que vous avez saisi sur cette page n’est pas enregistré. Si vous partez, c’est perdu.',
  leave: 'Quitter',
  stay: 'Rester',
} as const;

export default fr satisfies TranslationOf<typeof en, typeof fr>;
