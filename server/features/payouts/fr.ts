import type { TranslationOf } from '../../../contract/words.ts';
import type en from './en.ts';

const fr = {
  statement: 'Relevé d’un versement',
  organiser: 'Organisateur',
  platform: 'Plateforme',
  paidAt: 'Versé le',
  reference: 'Référence',
  earned: 'Gagné',
  inTill: 'Dans votre propre caisse',
  paidBefore: 'Versé auparavant',
  amount: 'Dans ce versement',
  sales: 'Ventes',
  refunds: 'Remboursements',
  disputes: 'Litiges',
  fees: 'Frais de réservation',
  paidOut: 'Versé',
  balances:
    'Les sommes de chaque événement sont celles de ses comptes jusqu’à ce versement. Ce qui est gagné contient la taxe sur les billets, que l’organisateur doit au fisc. Un montant négatif compense ce que l’organisateur devait pour cet événement.',
} as const;

export default fr satisfies TranslationOf<typeof en, typeof fr>;
