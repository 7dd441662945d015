import type { TranslationOf } from '../../ui/words.ts';
import type en from './en.ts';

const de = {
  minPerOrder: 'Wenigste je Kauf',
  maxPerOrder: 'Meiste je Kauf',
  saleStartsAt: 'Diese Art im Verkauf ab',
  saleEndsAt: 'Diese Art im Verkauf bis',
  priceKind: 'Art des Preises',
  fixed: 'Ein Preis',
  steps: 'Frühe Preise',
  groups: 'Gruppenpreise',
  chosen: 'Zahl, was du willst',
  stepsHint:
    'Jede Stufe endet zu ihrer Zeit oder nach ihrer Zahl von Tickets. Nach der letzten gilt der Preis der Art.',
  stepName: 'Name der Stufe {n}',
  stepPrice: 'Stufe {n} kostet ({currency})',
  stepUntil: 'Stufe {n} endet am',
  stepPlaces: 'Stufe {n} hat so viele Tickets',
  stepWrong: 'Gib eine Zeit, eine Zahl von Tickets oder beides an.',
  noLimit: 'ohne Grenze',
  addStep: 'Preisstufe hinzufügen',
  step: 'Stufe {n}',
  groupsHint: 'Mit so vielen Tickets dieser Art in einer Bestellung kostet jedes so viel.',
  groupFrom: 'Gruppe {n} ab (Tickets)',
  groupPrice: 'Gruppe {n}: jedes kostet ({currency})',
  addGroup: 'Gruppenpreis hinzufügen',
  group: 'Gruppe {n}',
  leastPrice: 'Kleinster Preis ({currency})',
  chosenHint:
    'Käufer geben einen Preis ein. Der Preis der Art ist der Vorschlag. Promo-Codes senken ihn nicht.',
} as const;

export default de satisfies TranslationOf<typeof en, typeof de>;
