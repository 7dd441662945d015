import type { TranslationOf } from '../../ui/words.ts';
import type en from './en.ts';

const fr = {
  title: 'Boîte aux lettres',
  lead: 'Là où aucun serveur de messagerie n’est configuré, tout ce qui serait envoyé arrive ici.',
  none: 'Pas encore de courrier',
  noneText: 'Achetez un billet ou ouvrez un compte, et il sera là.',
  to: 'À',
  from: 'De',
  filter: 'Seulement le courrier pour',
  back: 'Tout le courrier',
  attachments: 'Pièces jointes',
  content: 'Contenu du message',
  asText: 'En texte',
  refresh: 'Regarder à nouveau',
} as const;

export default fr satisfies TranslationOf<typeof en, typeof fr>;
