import type { TranslationOf } from '../../ui/words.ts';
import type en from './en.ts';

const de = {
  title: 'Gesperrte Plätze',
  text: 'Plätze, die nicht verkauft werden: für das Haus, eine Kamera, einen Sponsor. Nur freie Plätze lassen sich sperren. Freigegebene Plätze bekommt zuerst die Warteliste.',
  blocked: 'Zurzeit gesperrt',
  empty: 'Kein Platz ist gesperrt.',
  places: '{count, plural, one {# Platz} other {# Plätze}}',
  since: 'Seit {when}',
  release: 'Freigeben',
  label: 'Wofür',
  labelHint: 'Das sieht nur dein Team, zum Beispiel „Hausplätze“ oder „Kamera“.',
  labelMissing: 'Gib an, wofür die Plätze sind.',
  nothing: 'Diese Veranstaltung hat keine Plätze.',
  where: 'Ticketart oder Reihe',
  quantity: 'Wie viele Plätze',
  first: 'Erster Sitz',
  last: 'Letzter Sitz',
  block: 'Sperren',
  done: '{count, plural, one {# Platz ist} other {# Plätze sind}} nicht mehr im Verkauf.',
} as const;

export default de satisfies TranslationOf<typeof en, typeof de>;
