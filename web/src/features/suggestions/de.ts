import type { TranslationOf } from '../../ui/words.ts';
import type en from './en.ts';

const de = {
  what: 'Admit kann dir Texte, Kategorie, Schlagwörter und Preise vorschlagen. Nichts ändert sich, bevor du es sagst.',
  ask: 'Texte und Preise vorschlagen',
  again: 'Neu vorschlagen',
  nothing: 'Noch gibt es nichts vorzuschlagen. Trag mehr ein und versuch es noch einmal.',
  found: '{count, plural, one {Ein Vorschlag} other {# Vorschläge}}',
  aiFailed: 'Das Sprachmodell hat nicht geantwortet. Versuch es später noch einmal.',
  aiLimited: 'Eure Organisation hat das Sprachmodell heute so oft gefragt, wie sie darf.',
  byModel: 'Sprachmodell',
  title: 'Titel',
  summary: 'Kurztext',
  description: 'Beschreibung',
  category: 'Kategorie',
  tags: 'Schlagwörter',
  tagsHint: 'Bis zu 10, mit Kommas dazwischen: Open Air, Jazz',
  tagsWrong: 'Höchstens 10 Schlagwörter mit je bis zu 30 Zeichen.',
  price: 'Ticketpreise',
  middle: 'Mitte',
  use: 'Nehmen',
  undo: 'Zurück',
  useField: 'Nehmen: {field}',
  useModelField: 'Nehmen: {field} (Sprachmodell)',
  undoField: 'Zurück: {field}',
  used: 'Es steht jetzt im Formular. Speichere, wenn du fertig bist.',
  there: 'Das steht schon da.',
  fromTyped: 'aus dem, was du eingetragen hast',
  fromOwn: 'aus deiner Veranstaltung „{title}“ vom {day}',
  fromSimilar:
    '{kind}: {count, plural, one {aus einer ähnlichen Veranstaltung} other {aus # ähnlichen Veranstaltungen}}',
  fromSimilarIn:
    '{kind}: {count, plural, one {aus einer ähnlichen Veranstaltung in {city}} other {aus # ähnlichen Veranstaltungen in {city}}}',
} as const;

export default de satisfies TranslationOf<typeof en, typeof de>;
