import type { TranslationOf } from '../../ui/words.ts';
import type en from './en.ts';

const fr = {
  title: 'Ventes au guichet',
  text: 'Vendez des billets en espèces ou avec votre propre terminal. Ils sont valables aussitôt : montrez les codes ou imprimez-les.',
  notPublished: 'Publiez l’événement pour vendre des billets.',
  nothing: 'Cet événement n’a pas de places.',
  method: 'Payé par',
  cash: 'Espèces',
  card_terminal: 'Terminal de paiement',
  total: 'À payer',
  given: 'Espèces reçues (facultatif)',
  change: 'Monnaie à rendre : {amount}',
  tooLittle: 'C’est moins que le prix.',
  name: 'Nom (facultatif)',
  email: 'Adresse e-mail (facultatif)',
  emailHint: 'Avec une adresse, les billets sont aussi envoyés par e-mail.',
  sell: 'Vendre pour {amount}',
  sold: '{count, plural, one {# billet vendu} other {# billets vendus}} pour {amount}',
  order: 'Commande {number}',
  code: 'Code du billet {n}',
  print: 'Imprimer les billets',
  next: 'Vente suivante',
  cashUp: 'Clôture de caisse',
  cashUpText: 'Ce que chaque membre a encaissé et rendu chaque jour, dans le fuseau de l’événement.',
  noSales: 'Rien n’a encore été vendu au guichet.',
  sales: '{count, plural, one {# vente} other {# ventes}}',
  taken: 'encaissé {amount}',
  returned: 'rendu {amount}',
  left: 'reste {amount}',
  deleted: 'Compte supprimé',
} as const;

export default fr satisfies TranslationOf<typeof en, typeof fr>;
