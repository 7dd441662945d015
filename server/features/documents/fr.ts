import type { TranslationOf } from '../../../contract/words.ts';
import type en from './en.ts';

const fr = {
  receipt: 'Reçu',
  invoice: 'Facture',
  creditNote: 'Avoir',
  seller: 'Vendeur',
  buyer: 'Acheteur',
  vatId: 'N° TVA : {id}',
  reference: 'Votre référence : {reference}',
  // Les informations sous le titre
  number: 'Numéro',
  issued: 'Émis le',
  paid: 'Payé le',
  order: 'Commande',
  event: 'Événement',
  eventDate: 'Date de l’événement',
  corrected: 'Se rapporte à',
  correctedOf: '{number} du {date}',
  // Le tableau
  item: 'Désignation',
  quantity: 'Quantité',
  unitPrice: 'Prix unitaire',
  taxRate: 'Taux',
  net: 'HT',
  total: 'TTC',
  ticketFees: 'Frais de réservation par billet',
  orderFee: 'Frais de réservation de la commande',
  rate: '{name} {rate}',
  untaxed: 'sans taxe',
  discount: 'Remise, déjà déduite',
  allNet: 'Total HT',
  allTax: 'Taxes',
  allTotal: 'Total TTC',
  allBack: 'Total repris',
  // Les sommes par taux
  byRate: 'Taxes par taux',
  chargedBy: 'Facturé par',
  platform: 'la billetterie',
  // Notes
  isPaid: 'Payé en totalité. Aucun montant n’est dû.',
  refunded: 'Ce montant est rendu à l’acheteur par le moyen de paiement utilisé.',
  replaced: 'Cet avoir ne déplace pas d’argent. Il annule un document qui est remplacé par un nouveau.',
  fees: 'Les frais de réservation sont facturés par {platform}. {seller} émet ce document pour les deux.',
  pageOf: 'Page {n} sur {count}',
} as const;

export default fr satisfies TranslationOf<typeof en, typeof fr>;
