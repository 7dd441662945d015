import type { TranslationOf } from '../../ui/words.ts';
import type en from './en.ts';

const fr = {
  title: 'Changer de place ou de type de billet',
  back: 'Vers le billet',
  now: 'Votre billet actuel',
  paid: 'Payé pour ce billet',
  until: 'Vous pouvez le changer jusqu’au {until}.',
  types: 'Type de billet',
  seat: 'Place',
  seatView: 'Places de cet événement',
  nothing: 'Il n’y a rien d’autre à choisir.',
  yours: 'Votre type de billet',
  free: 'aucune différence',
  pay: '{amount} à payer',
  goesBack: '{amount} remboursés',
  soldOut: 'Complet',
  refusedStart: 'Pas encore en vente',
  refusedEnd: 'Plus en vente',
  refusedBack: 'Les conditions permettent de rembourser {amount} au plus maintenant',
  keepSeat: 'Vous gardez votre place : {seat}.',
  newSeat: 'Nouvelle place : {seat}.',
  chooseSeat: 'Choisissez une place sur le plan ou dans la liste.',
  seatTaken: 'Quelqu’un d’autre vient de prendre {seat}. Choisissez une autre place.',
  choose: 'Choisissez d’abord un type de billet ou une place.',
  sumPay: 'Vous payez {amount}. Votre billet reste valable jusqu’à l’arrivée du paiement.',
  sumBack: '{amount} sont rendus à la personne qui a payé. Votre ancien code n’est plus valable aussitôt.',
  sumFree: 'Vous ne payez rien. Votre ancien code n’est plus valable aussitôt.',
  doPay: 'Changer et payer {amount}',
  do: 'Changer le billet',
  pendingTitle: 'Un changement de ce billet n’est pas encore payé',
  pendingText: 'Payez-le ou annulez-le avant de choisir autre chose.',
  toPending: 'Vers le paiement',
} as const;

export default fr satisfies TranslationOf<typeof en, typeof fr>;
