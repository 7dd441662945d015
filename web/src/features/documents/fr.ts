import type { TranslationOf } from '../../ui/words.ts';
import type en from './en.ts';

const fr = {
  // Sur la page d’une commande
  title: 'Reçus et factures',
  receipt: 'Reçu {number}',
  invoice: 'Facture {number}',
  credit_note: 'Avoir {number}',
  refund: 'pour un remboursement',
  correction: 'remplacé par une nouvelle facture',
  open: 'Ouvrir le PDF',
  offline: 'Vos reçus ont besoin d’une connexion.',
  failed: 'Les reçus n’ont pas pu être chargés.',
  retry: 'Réessayer',
  ask: 'Obtenir une facture avec adresse',
  change: 'Corriger l’adresse de facturation',
  noneLeft:
    'L’adresse a été corrigée {count, plural, one {# fois} other {# fois}}. Demandez de l’aide à l’organisateur.',
  nothingLeft: 'Tout le prix a été remboursé, il n’y a donc rien à facturer.',
  done: 'La nouvelle facture est prête.',
  doneReceipt:
    'L’adresse est enregistrée. L’organisateur n’a pas indiqué la sienne, vous obtenez donc un reçu.',
  dialogTitle: 'Pour qui est la facture ?',
  dialogText: 'Un document émis ne change jamais. Un avoir l’annule, et vous en obtenez un nouveau.',
  correctionsLeft: 'Vous pouvez le faire encore {count, plural, one {une fois} other {# fois}}.',
  close: 'Fermer',
  send: 'Obtenir la facture',
  // Les champs d’une adresse
  invoiceChoice: 'Facture',
  want: 'J’ai besoin d’une facture avec adresse',
  wantText:
    'La facture arrive avec vos billets. Si l’organisateur n’a pas indiqué sa propre adresse, vous recevez un reçu.',
  name: 'Société ou personne',
  line1: 'Rue et numéro',
  line2: 'Adresse, deuxième ligne',
  optional: 'S’il y en a une.',
  postcode: 'Code postal',
  city: 'Ville',
  country: 'Pays',
  chooseCountry: 'Choisissez un pays',
  countryWrong: 'Choisissez le pays.',
  vatId: 'N° TVA',
  vatIdHint: 'S’il y en a un, par exemple DE123456789.',
  vatIdWrong: 'De 4 à 20 lettres et chiffres.',
  reference: 'Votre référence',
  referenceHint: 'Si votre société en veut une : numéro de commande ou centre de coûts.',
  // Sur la page de l’équipe
  sellerTitle: 'Vous, le vendeur',
  sellerText:
    'Les acheteurs voient ces informations sur les reçus et factures. Sans elles, ils reçoivent des reçus au nom de votre organisation et aucune facture.',
  legalName: 'Raison sociale',
  registration: 'Numéro de registre ou fiscal',
  registrationHint: 'Si la loi le demande, par exemple HRB 12345 B.',
  taxNote: 'Pourquoi il n’y a pas de taxe',
  taxNoteHint: 'Figure sur les documents si un billet est sans taxe.',
  numberPrefix: 'Début des numéros',
  numberPrefixHint: 'Les numéros ressemblent à {example}. Il n’y a pas de trou.',
  numberPrefixWrong: 'Jusqu’à 10 lettres, chiffres, tirets et barres.',
  save: 'Enregistrer le vendeur',
  saved: 'Enregistré. Les prochains documents porteront ces informations.',
} as const;

export default fr satisfies TranslationOf<typeof en, typeof fr>;
