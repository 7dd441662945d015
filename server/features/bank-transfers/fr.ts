import type { TranslationOf } from '../../../contract/words.ts';
import type en from './en.ts';

const fr = {
  askedSubject: 'À payer par virement : {event}',
  askedPreview: '{amount} avant le {until}',
  askedHeading: 'Vos places sont réservées',
  askedText:
    'Virez {amount} pour {event} de sorte que l’argent arrive avant le {until}. Vos billets arrivent dès que l’organisateur a enregistré le paiement. Indiquez exactement cette référence : elle seule dit que l’argent vient de vous.',
  remindSubject: 'Reste à payer : {event}',
  remindHeading: 'Vos places attendent le paiement',
  remindText:
    '{amount} pour {event} n’est pas encore enregistré. Vos places sont réservées jusqu’au {until}. Si vous avez déjà payé, vous n’avez rien à faire.',
  lapsedSubject: 'Vos places pour {event} sont libérées',
  lapsedHeading: 'La commande est terminée',
  lapsedText:
    'Nous n’avons pas vu à temps le paiement complet pour {event}. Vos places sont donc libérées. Si votre argent arrive encore, il achète les mêmes places si elles sont libres. Sinon, l’organisateur le renvoie.',
  holder: 'Bénéficiaire',
  iban: 'IBAN',
  bic: 'BIC',
  amount: 'Montant',
  reference: 'Référence',
  until: 'Avant le',
  order: 'Commande',
  open: 'Ouvrir la commande',
  attached:
    'L’image jointe est un code QR. Les applications bancaires de la zone euro le lisent et remplissent tout.',
  why: 'Vous recevez ce message à cause de votre commande {number}.',
} as const;

export default fr satisfies TranslationOf<typeof en, typeof fr>;
