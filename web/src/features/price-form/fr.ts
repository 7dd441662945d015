import type { TranslationOf } from '../../ui/words.ts';
import type en from './en.ts';

const fr = {
  minPerOrder: 'Minimum par achat',
  maxPerOrder: 'Maximum par achat',
  saleStartsAt: 'Ce type en vente à partir du',
  saleEndsAt: 'Ce type en vente jusqu’au',
  priceKind: 'Genre de prix',
  fixed: 'Un seul prix',
  steps: 'Prix anticipés',
  groups: 'Prix de groupe',
  chosen: 'Prix libre',
  stepsHint:
    'Chaque palier se termine à son heure ou après son nombre de billets. Le prix du type suit le dernier palier.',
  stepName: 'Nom du palier {n}',
  stepPrice: 'Le palier {n} coûte ({currency})',
  stepUntil: 'Le palier {n} se termine le',
  stepPlaces: 'Billets du palier {n}',
  stepWrong: 'Indiquez une heure, un nombre de billets, ou les deux.',
  noLimit: 'sans limite',
  addStep: 'Ajouter un palier de prix',
  step: 'palier {n}',
  groupsHint: 'Avec autant de billets de ce type dans une commande, chacun coûte ce prix.',
  groupFrom: 'Groupe {n} à partir de (billets)',
  groupPrice: 'Groupe {n} : chacun coûte ({currency})',
  addGroup: 'Ajouter un prix de groupe',
  group: 'groupe {n}',
  leastPrice: 'Prix le plus bas ({currency})',
  chosenHint:
    'Les acheteurs saisissent un prix. Le prix du type est la suggestion. Les codes promo ne le réduisent pas.',
} as const;

export default fr satisfies TranslationOf<typeof en, typeof fr>;
