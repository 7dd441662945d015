import type { TranslationOf } from '../../ui/words.ts';
import type en from './en.ts';

const fr = {
  title: 'Échanger votre billet',
  back: 'Vers le billet',
  now: 'Votre billet actuel',
  paid: 'Payé pour ce billet',
  until: 'Vous pouvez le changer jusqu’au {until}.',
  date: 'Date',
  yourDate: 'votre date',
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
  choose: 'Choisissez d’abord une date, un type de billet ou une place.',
  sumPay: 'Vous payez {amount}. Votre billet reste valable jusqu’à l’arrivée du paiement.',
  sumBack: '{amount} sont rendus à la personne qui a payé. Votre ancien code n’est plus valable aussitôt.',
  sumFree: 'Vous ne payez rien. Votre ancien code n’est plus valable aussitôt.',
  doPay: 'Changer et payer {amount}',
  do: 'Changer le billet',
  pendingTitle: 'Un changement de ce billet n’est pas encore payé',
  pendingText: 'Payez-le ou annulez-le avant de choisir autre chose.',
  toPending: 'Vers le paiement',
  teamTitle: 'Échanger un billet',
  teamToOrder: 'Vers la commande',
  teamNow: 'Le billet actuel',
  teamDate: 'la date actuelle',
  teamType: 'Le type de billet actuel',
  teamFree: 'rien à payer',
  teamKeepSeat: 'La place reste : {seat}.',
  teamSumBack:
    '{amount} sont rendus à la personne qui a payé. Le titulaire reçoit le nouveau billet par e-mail et l’ancien code n’est plus valable aussitôt.',
  teamSumFree:
    'Personne ne paie ni n’est remboursé. Le titulaire reçoit le nouveau billet par e-mail et l’ancien code n’est plus valable aussitôt.',
  teamPendingText:
    'Le titulaire a commencé un changement et ne l’a pas payé. Il prend fin de lui-même si aucun paiement n’arrive.',
} as const;

export default fr satisfies TranslationOf<typeof en, typeof fr>;
