import type { TranslationOf } from '../../../contract/words.ts';
import type en from './en.ts';

const fr = {
  // Le PDF
  document: '{event} : commande {number}',
  ticketOf: 'Billet {n} sur {count}',
  venue: 'Lieu',
  doors: 'Ouverture des portes',
  extra: 'Extra',
  showExtra: 'À montrer au retrait',
  byPost: 'Envoyé par la poste',
  nothingToCollect: 'Rien à retirer',
  admission: 'Entrée',
  section: 'Zone',
  row: 'Rang',
  seat: 'Place',
  name: 'Nom',
  bookedBy: 'Réservé par',
  ticket: 'Billet',
  price: 'Prix',
  free: 'Gratuit',
  order: 'Commande',
  show: 'Montrez ce code à l’entrée',
  once: 'Ce code fait entrer une personne, une fois. Le premier scan compte : gardez-le pour vous et n’en partagez aucune image.',
  howTo:
    'Imprimez cette page ou montrez-la sur un téléphone ; augmentez la luminosité et affichez le code en entier.',
  questions: 'Questions ou changements : ouvrez la commande {number} là où vous l’avez passée.',
  // Le calendrier
  doorsOpen: 'Ouverture des portes à {time}.',
  calendarNote: 'Commande {number}. Vos billets :',
  calendarJoin: 'Participer en ligne :',
} as const;

export default fr satisfies TranslationOf<typeof en, typeof fr>;
