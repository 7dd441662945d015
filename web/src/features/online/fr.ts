import type { TranslationOf } from '../../ui/words.ts';
import type en from './en.ts';

const fr = {
  title: 'En ligne',
  text: 'Dites si l’on peut participer en ligne. Le lien figure sur les billets et dans les e-mails de ceux qui en ont un, et nulle part ailleurs.',
  mayNot: 'Votre rôle ne permet pas de voir le lien.',
  attendance: 'Comment participer',
  'in-person': 'Sur place',
  online: 'En ligne',
  mixed: 'Sur place et en ligne',
  link: 'Lien',
  linkHint: 'Une adresse https. Laissez vide tant que vous n’en avez pas.',
  linkWrong: 'Saisissez une adresse qui commence par https://.',
  note: 'Remarque',
  noteHint: 'Par exemple le code de la salle, ou l’heure d’ouverture.',
  tell: 'Prévenir tous ceux qui ont un billet',
  tellHint: 'Ils reçoivent un e-mail qui mène à leurs billets. L’e-mail ne contient pas le lien.',
  conflict:
    'Quelqu’un d’autre a enregistré entre-temps. Ses changements sont dans le formulaire avec les vôtres. Vérifiez, puis enregistrez.',
  conflictBoth: 'Quelqu’un d’autre a changé la même chose. Choisissez ce qui compte.',
  conflictTake: 'Prendre sa valeur',
  conflictEmpty: '(vide)',
  conflictKeep: 'Garder la mienne',
  saved: 'Enregistré.',
  savedTold:
    'Enregistré. {count, plural, one {Une personne reçoit un e-mail.} many {# personnes reçoivent un e-mail.} other {# personnes reçoivent un e-mail.}}',
  save: 'Enregistrer',
} as const;

export default fr satisfies TranslationOf<typeof en, typeof fr>;
