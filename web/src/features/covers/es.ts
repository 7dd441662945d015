import type { TranslationOf } from '../../ui/words.ts';
import type en from './en.ts';

const es = {
  cover: 'Imagen de portada',
  coverHint: 'Una dirección https. Si no hay imagen, dibujamos una.',
  coverAddress: 'O su dirección',
  coverChoose: 'Elegir una imagen',
  coverOther: 'Elegir otra',
  coverRemove: 'Quitar la imagen',
  coverSending: 'Enviando…',
  coverDrop: 'O arrástrala o pégala aquí. JPEG, PNG, WebP o AVIF, hasta 10 MB.',
  coverKind: 'No es JPEG, PNG, WebP ni AVIF.',
  coverLarge: 'Este archivo supera los 10 MB.',
  coverAlt: 'Qué muestra la imagen',
  coverAltHint: 'Para quienes no la ven.',
  coverAcross: 'Queda visible: de izquierda a derecha',
  coverDown: 'Queda visible: de arriba abajo',
  coverFocusHint:
    'Cuando una página tiene menos sitio, queda esta parte. También puedes pulsarla en la imagen.',
} as const;

export default es satisfies TranslationOf<typeof en, typeof es>;
