import type { TranslationOf } from '../../ui/words.ts';
import type en from './en.ts';

const de = {
  title: 'Sitzpläne',
  text: 'Räume, die du einmal zeichnest und für viele Veranstaltungen nimmst. Eine Veranstaltung bekommt eine Kopie.',
  mayNot: 'Deine Rolle darf die Sitzpläne dieser Organisation nicht sehen.',
  empty: 'In der Bibliothek ist noch kein Plan.',
  draw: 'Öffnen',
  drawOf: '{name} im Zeichner öffnen',
  use: 'Nehmen',
  useOf: '{name} nehmen',
  remove: 'Löschen',
  removeOf: '{name} löschen',
  removeTitle: '{name} löschen?',
  removeText:
    'Die letzte Fassung wurde am {when} gespeichert. Alle {count} aufgehobenen Fassungen werden mit dem Plan gelöscht. Veranstaltungen mit einer Kopie behalten sie. Das lässt sich nicht rückgängig machen.',
  removeNow: 'Plan löschen',
  keep: 'Behalten',
  changed:
    'Jemand hat gerade eine andere Fassung dieses Plans gespeichert. Sieh sie dir an, bevor du den Plan löschst.',
  newName: 'Name des neuen Plans',
  create: 'Neuen Plan zeichnen',
  seatCount: '{count, plural, one {# Platz} other {# Plätze}}',
  savedAt: 'Fassung {version}, {when}',
  savedBy: 'Fassung {version}, {when}, {name}',
  versions: 'Fassungen',
  versionsText:
    'Die letzten {count} Fassungen werden aufgehoben. Eine frühere kommt zurück auf die Zeichnung; speichere sie, damit sie die neueste wird.',
  show: 'Fassung {version} zeigen',
  restore: 'Fassung {version} zurückholen',
  restored: 'Fassung {version} ist auf der Zeichnung.',
  saveVersion: 'Als neue Fassung speichern',
  allSaved: 'Seit der letzten Fassung hat sich nichts geändert.',
  mayNotDraw: 'Deine Rolle darf diesen Plan ansehen, aber nicht ändern.',
  saveAs: 'Speichern als',
  newPlan: 'Neuer Plan',
  versionOf: 'Neue Fassung von {name}',
  close: 'Schließen',
  versionChanged:
    'Jemand hat inzwischen eine andere Fassung von {name} gespeichert. Speichere noch einmal, damit deine dahinter kommt.',
} as const;

export default de satisfies TranslationOf<typeof en, typeof de>;
