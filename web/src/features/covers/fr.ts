import type { TranslationOf } from '../../ui/words.ts';
import type en from './en.ts';

const fr = {
  cover: 'Image de couverture',
  coverHint: 'Une adresse https. Sans image, nous en dessinons une.',
  coverAddress: 'Ou son adresse',
  coverChoose: 'Choisir une image',
  coverOther: 'En choisir une autre',
  coverRemove: 'Retirer l’image',
  coverSending: 'Envoi…',
  coverDrop: 'Ou déposez-la ou collez-la ici. JPEG, PNG, WebP ou AVIF, 10 Mo au plus.',
  coverKind: 'Ce n’est pas un JPEG, PNG, WebP ou AVIF.',
  coverLarge: 'Ce fichier dépasse 10 Mo.',
  coverAlt: 'Ce que montre l’image',
  coverAltHint: 'Pour les personnes qui ne la voient pas.',
  coverAcross: 'Reste visible : de gauche à droite',
  coverDown: 'Reste visible : de haut en bas',
  coverFocusHint: 'Quand une page a moins de place, cette partie reste. Vous pouvez aussi cliquer dessus.',
} as const;

export default fr satisfies TranslationOf<typeof en, typeof fr>;
