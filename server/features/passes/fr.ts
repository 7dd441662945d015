import type { TranslationOf } from '../../../contract/words.ts';
import type en from './en.ts';

const fr = {
  description: 'Billet pour {event}',
  doors: 'Portes',
  venue: 'Lieu',
  section: 'Section',
  row: 'Rang',
  seat: 'Place',
  ticket: 'Billet',
  name: 'Nom',
  when: 'Quand',
  address: 'Adresse',
  order: 'Commande',
  link: 'Votre billet',
  timeChanged: 'Nouvel horaire : {value}',
  doorsChanged: 'Nouvelle ouverture des portes : {value}',
  venueChanged: 'Nouveau lieu : {value}',
  seatChanged: 'Nouvelle place : {value}',
  state: 'Non valable',
  voidCancelled: 'Annulé',
  voidPassedOn: 'Transmis',
  voidEvent: 'Événement annulé',
  voidTurns: 'Voir le billet',
} as const;

export default fr satisfies TranslationOf<typeof en, typeof fr>;
