import type { Category } from '../../../../contract/events.ts';

/** The text keys of the categories, in the order of the chips. The type requires every category of the contract. */
export const categories = {
  music: 'categoryMusic',
  theatre: 'categoryTheatre',
  nightlife: 'categoryNightlife',
  comedy: 'categoryComedy',
  festival: 'categoryFestival',
  sport: 'categorySport',
  family: 'categoryFamily',
  art: 'categoryArt',
  film: 'categoryFilm',
  talk: 'categoryTalk',
  food: 'categoryFood',
  other: 'categoryOther',
} as const satisfies Record<Category, string>;
