import type { TranslationOf } from '../../../contract/words.ts';
import type en from './en.ts';

const fr = {
  subject: 'Webhooks désactivés : {host}',
  preview: 'Admit n’envoie plus de webhooks à {host}.',
  heading: 'Un point de réception a été désactivé',
  gone: 'Le point de réception a répondu qu’il ne veut plus de webhooks (410). Admit l’a donc désactivé.',
  failures:
    'Admit a essayé pendant trois jours et aucun webhook n’est arrivé. Le point de réception est donc désactivé.',
  after:
    'Quand il fonctionnera de nouveau, activez-le. Vous pourrez alors faire envoyer tout ce qu’il a manqué.',
  endpoint: 'Point de réception',
  button: 'Voir le journal',
  why: 'Vous recevez ce message parce que vous pouvez gérer les webhooks de votre équipe.',
} as const;

export default fr satisfies TranslationOf<typeof en, typeof fr>;
