import type { TranslationOf } from '../../../contract/words.ts';
import type en from './en.ts';

const fr = {
  settlement: 'Décompte',
  organiser: 'Organisateur',
  platform: 'Plateforme',
  period: 'Jours',
  fromTo: 'du {from} au {to}',
  noSales: 'Aucun mouvement d’argent',
  drawn: 'Établi le',
  sales: 'Ventes',
  refunds: 'Remboursements',
  byHand: 'Comment l’argent est arrivé',
  takenBy: 'Encaissé par',
  taken: 'Encaissé',
  returned: 'Rendu',
  rest: 'Différence',
  provider: 'le prestataire de paiement',
  till: 'l’organisateur au guichet, en espèces ou par lecteur de carte',
  byDay: 'Par jour',
  day: 'Jour',
  disputes: 'Litiges',
  fees: 'Frais de réservation',
  feesColumn: 'Frais',
  net: 'Gagné',
  discounts: 'Remises, déjà déduites',
  unsent: 'dont pas encore envoyés',
  other: 'Autres mouvements',
  inTill: 'Dans la caisse de l’organisateur',
  owed: 'Dû à l’organisateur',
  balances:
    'Tous les montants résultent des écritures de ces jours, dans le fuseau horaire de l’événement. Ce qui est gagné contient la taxe sur les billets, que l’organisateur doit au fisc.',
  feesNote:
    'La plateforme facture les frais de réservation. Ceux que les acheteurs ont payés sont compris dans les ventes.',
} as const;

export default fr satisfies TranslationOf<typeof en, typeof fr>;
