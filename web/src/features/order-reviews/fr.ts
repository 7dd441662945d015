import type { TranslationOf } from '../../../../contract/words.ts';
import type en from './en.ts';

const fr = {
  title: 'Commandes à examiner',
  back: 'Vos événements',
  adminTitle: 'Commandes que les équipes examinent',
  adminBack: 'Votre compte',
  text: 'Ces commandes ressemblent à de nombreuses commandes d’une même personne ou d’un programme. Elles sont payées et leurs billets attendent. Si personne ne décide, la commande est confirmée d’elle-même à l’heure indiquée.',
  adminText: 'L’équipe de chaque événement décide de ses commandes.',
  mayNot: 'Votre rôle ne montre pas les commandes.',
  noAdmin: 'Seuls les administrateurs de la plateforme voient cette page.',
  none: 'Aucune commande n’attend.',
  noneDecided: 'Rien n’a encore été décidé.',
  decided: 'Décidées',
  showDecided: 'Afficher les commandes décidées',
  more: 'Afficher plus',
  score: '{score} points sur 100',
  tickets: '{count, plural, one {# billet} other {# billets}}',
  until: 'Confirmée d’elle-même : {when}',
  address_pattern:
    '{count, plural, one {# compte a} other {# comptes ont}} des adresses e-mail qui ne diffèrent que par leurs chiffres',
  shared_card: '{count, plural, one {# compte a} other {# comptes ont}} payé avec cette carte',
  shared_browser:
    '{count, plural, one {# compte a} other {# comptes ont}} acheté dans ce réseau avec le même navigateur',
  shared_network: '{count, plural, one {# compte a} other {# comptes ont}} acheté dans ce réseau',
  fast_order:
    'La commande est arrivée {count, plural, =0 {moins d’une seconde} one {# seconde} other {# secondes}} après la réservation',
  points: '{points} points',
  appeal: 'L’acheteur écrit',
  reason: 'Pourquoi (l’acheteur le lit en cas de remboursement)',
  confirm: 'Confirmer et envoyer les billets',
  refund: 'Rembourser {amount}',
  refundFree: 'Annuler les billets',
  mayNotDecide: 'Votre rôle ne peut pas décider des remboursements.',
  saidConfirmed: 'La commande {number} est confirmée. Ses billets sont en route.',
  saidRefunded: 'La commande {number} est remboursée. Ses places sont libres.',
  confirmed: 'Confirmée',
  refunded: 'Remboursée',
  ended: 'Annulée autrement',
  byTime: 'd’elle-même',
  heldTitle: 'Votre commande est examinée',
  heldText:
    'Vous avez payé et vos places sont à vous. Avant que vous receviez les billets, l’organisateur examine cette commande, car elle ressemble à celles de programmes qui achètent des billets en masse. Si personne ne s’y oppose avant {until}, vos billets arrivent d’eux-mêmes. Si l’organisateur n’accepte pas la commande, tout votre argent vous est rendu.',
  heldMoment: 'Vous avez payé. Vos billets arrivent dans un instant.',
  appealLabel: 'Que devrait savoir l’organisateur ?',
  appealHint: 'Par exemple que vous achetez pour un groupe. Vous pouvez écrire une fois.',
  appealSend: 'Envoyer à l’organisateur',
  appealSent: 'Vous avez écrit :',
  appealMissing: 'Écrivez d’abord quelque chose.',
} as const;

export default fr satisfies TranslationOf<typeof en, typeof fr>;
