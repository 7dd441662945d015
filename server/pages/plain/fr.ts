import type { TranslationOf } from '../../../contract/words.ts';
import type en from './en.ts';

const fr = {
  seats: 'Places numérotées',
  bestText:
    'Vous recevez les meilleures places libres, côte à côte s’il y en a assez. Vous voyez lesquelles avant de payer. Pour choisir des places sur le plan, activez JavaScript.',
  kind: 'Quelles places ?',
  howMany: 'Combien de places ?',
  wheelchairs:
    'Combien d’entre elles pour fauteuil roulant ? Les autres sont à côté, pour les accompagnateurs.',
  oneKind:
    'Choisissez soit des places numérotées, soit des billets sans place, et achetez les autres ensuite.',
  heldFor:
    '{minutes, plural, =0 {Les places vous sont réservées encore moins d’une minute.} one {Les places vous sont réservées encore # minute.} other {Les places vous sont réservées encore # minutes.}}',
  meant: 'Vouliez-vous dire {email} ? Si votre adresse est juste, appuyez encore une fois sur le bouton.',
  placedTitle: 'Payer la commande {number}',
  placedText:
    'Votre commande est passée et n’est pas encore payée. Sans paiement, les places retournent à la vente.',
  lookAgain: 'Regarder à nouveau',
  otherSite: 'Ce formulaire venait d’une autre page. Ouvrez la page de l’événement et recommencez.',
  noCookie:
    'Votre navigateur n’a pas gardé le cookie de vos places. Autorisez les cookies de ce site et recommencez.',
  emailWrong: 'Ce n’est pas une adresse e-mail.',
  fieldWrong: 'Il manque quelque chose ici, ou c’est faux.',
  numberWrong: 'Entrez des nombres entiers.',
  waitsTitle: 'Vos billets attendent',
  waitsText:
    'Vous avez payé et vos places sont à vous. L’organisateur examine d’abord cette commande. Si personne ne s’y oppose, vos billets apparaissent ici au plus tard : {until}. L’e-mail sur la commande dit comment écrire à l’organisateur.',
} as const;

export default fr satisfies TranslationOf<typeof en, typeof fr>;
