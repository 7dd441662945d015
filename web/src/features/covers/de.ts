import type { TranslationOf } from '../../ui/words.ts';
import type en from './en.ts';

const de = {
  cover: 'Titelbild',
  coverHint: 'Eine https-Adresse. Wo keines ist, wird ein Bild gezeichnet.',
  coverAddress: 'Oder seine Adresse',
  coverChoose: 'Bild wählen',
  coverOther: 'Anderes wählen',
  coverRemove: 'Bild entfernen',
  coverSending: 'Wird gesendet …',
  coverDrop: 'Oder hierher ziehen oder einfügen. JPEG, PNG, WebP oder AVIF, bis 10 MB.',
  coverKind: 'Das ist kein JPEG, PNG, WebP oder AVIF.',
  coverLarge: 'Diese Datei ist größer als 10 MB.',
  coverAlt: 'Was das Bild zeigt',
  coverAltHint: 'Für Menschen, die es nicht sehen.',
  coverAcross: 'Sichtbar bleibt: links bis rechts',
  coverDown: 'Sichtbar bleibt: oben bis unten',
  coverFocusHint:
    'Wo eine Seite weniger Platz hat, bleibt dieser Teil. Du kannst ihn auch im Bild anklicken.',
} as const;

export default de satisfies TranslationOf<typeof en, typeof de>;
