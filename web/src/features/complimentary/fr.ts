import type { TranslationOf } from '../../ui/words.ts';
import type en from './en.ts';

const fr = {
  title: 'Billets offerts',
  text: 'Des billets que vous offrez : à la presse, aux invités de l’artiste, à un partenaire. Ils ne coûtent rien, ne comptent pour aucune limite et prennent des places libres ou que vous avez bloquées.',
  notPublished: 'Publiez l’événement pour émettre des billets.',
  name: 'Nom du destinataire',
  email: 'Adresse e-mail',
  emailHint: 'Les billets y sont envoyés aussitôt.',
  note: 'Pourquoi (facultatif)',
  noteHint: 'Seule votre équipe le voit, par exemple « presse ».',
  recipientMissing: 'Indiquez qui reçoit les billets.',
  nothing: 'Cet événement n’a pas de places.',
  issue: 'Émettre les billets',
  done: '{count, plural, one {# billet est envoyé} other {# billets sont envoyés}} à {email}.',
  openOrder: 'Ouvrir la commande {number}',
  issued: 'Billets offerts jusqu’ici',
} as const;

export default fr satisfies TranslationOf<typeof en, typeof fr>;
