import type { Category } from '../../../contract/events.ts';
import type { Currency } from '../../../contract/money.ts';
import type { Because, Suggestion } from '../../../contract/suggestions.ts';
import { mostTags } from '../../../contract/tags.ts';
import type { Example, ExamplePrices, OwnExample } from '../catalog/find-examples.ts';
import type { SpeakSuggestion } from './words.ts';

/** What is typed so far. */
export interface Typed {
  title: string;
  summary: string;
  description: string;
  category: Category | null;
  tags: string[];
  startsAt: string | null;
  timeZone: string | null;
  venueName: string;
  city: string;
  currency: Currency | null;
}

/** Fewer events say nothing about the next one. */
export const leastEvents = 3;
const mostSummary = 200;
const mostWords = 8;

/** Words of the title, and then of the other texts, that may tell of what kind the event is. */
export function wordsOf({
  title,
  summary,
  description,
}: Pick<Typed, 'title' | 'summary' | 'description'>): string[] {
  const words = [title, summary, description.slice(0, 600)].flatMap(tokensOf);
  return [...new Set(words)].slice(0, mostWords);
}

const tokensOf = (text: string): string[] =>
  (
    text
      .normalize('NFKC')
      .toLowerCase()
      .match(/[\p{L}\p{M}\p{N}]{4,}/gu) ?? []
  ).filter((word) => !/^\d+$/.test(word));

/**
 * The category that most of the events have that are most like this one. Null if too few have a word in common, or if they do not agree.
 */
export function guessCategory(
  typed: Typed,
  examples: Example[],
): { category: Category; events: number } | null {
  const scored = mostAlike(typed, examples);
  const all = scored.reduce((sum, { score }) => sum + score, 0);
  const votes = [...Map.groupBy(scored, ({ example }) => example.category)].map(([category, some]) => ({
    category,
    events: some.length,
    share: some.reduce((sum, { score }) => sum + score, 0) / all,
  }));
  const [best] = votes.sort((a, b) => b.share - a.share);
  return best && best.events >= leastEvents && best.share >= 0.5 ? best : null;
}

/** The 25 events that have most words in common with this one. A word counts more the fewer events have it. */
function mostAlike(typed: Typed, examples: Example[]): { example: Example; score: number }[] {
  const words = wordsOf(typed);
  const texts = examples.map(({ title, summary }) => `${title} ${summary}`.normalize('NFKC').toLowerCase());
  const weights = words.map((word) => {
    const count = texts.filter((text) => text.includes(word)).length;
    return { word, weight: count === 0 ? 0 : Math.log(1 + texts.length / count) };
  });
  return examples
    .map((example, i) => ({
      example,
      score: weights.reduce((sum, { word, weight }) => sum + (texts[i]?.includes(word) ? weight : 0), 0),
    }))
    .filter(({ score }) => score > 0)
    .sort((a, b) => b.score - a.score)
    .slice(0, 25);
}

const mostNewTags = 5;

/**
 * The tags that the events have that are most like this one, after those that are typed. A tag counts if two events have it, or one of the
 * organisation's own of the same category. Null if there is no new one.
 */
export function guessTags(
  typed: Typed,
  examples: Example[],
  own: OwnExample[],
): { tags: string[]; events: number } | null {
  const room = Math.min(mostNewTags, mostTags - typed.tags.length);
  const ids = new Set(own.map(({ id }) => id));
  const alike = mostAlike(typed, examples);
  const known = new Set(alike.map(({ example }) => example.id));
  // An event of the own house and category is like this one without a common word, but less so.
  const ofHouse = own.filter(({ id, category }) => category === typed.category && !known.has(id));
  const weighed = [...alike, ...ofHouse.map((example) => ({ example, score: 0.1 }))];
  const votes = [
    ...Map.groupBy(
      weighed.flatMap(({ example, score }) => example.tags.map((tag) => ({ tag, score, id: example.id }))),
      ({ tag }) => tag,
    ),
  ].map(([tag, some]) => ({
    tag,
    counts: some.length > 1 || some.some(({ id }) => ids.has(id)),
    events: some.map(({ id }) => id),
    score: some.reduce((sum, { score }) => sum + score, 0),
  }));
  const chosen = votes
    .filter(({ tag, counts }) => counts && !typed.tags.includes(tag))
    .sort((a, b) => b.score - a.score || (a.tag < b.tag ? -1 : 1))
    .slice(0, Math.max(0, room));
  if (chosen.length === 0) return null;
  const events = new Set(chosen.flatMap((each) => each.events)).size;
  return { tags: [...typed.tags, ...chosen.map(({ tag }) => tag)], events };
}

interface Findings {
  examples: Example[];
  own: OwnExample[];
  prices: { of: ExamplePrices; category: Category; city: string | null } | null;
  guess: { category: Category; events: number } | null;
  tags: { tags: string[]; events: number } | null;
}

/** What can be suggested without anybody's help. A field that would not change is not suggested. */
export function suggestLocally(
  typed: Typed,
  { own, prices, guess, tags }: Findings,
  speak: SpeakSuggestion,
): Suggestion[] {
  const source = 'local' as const;
  const items: Suggestion[] = [];
  const title = nextTitle(typed.title, own) ?? tidiedTitle(typed.title);
  if (title) items.push({ field: 'title', source, ...title });
  const category = guess && guess.category !== typed.category ? guess : null;
  if (category) {
    const because: Because = {
      kind: 'similar',
      events: category.events,
      category: category.category,
      city: null,
    };
    items.push({ field: 'category', value: category.category, source, because });
  }
  if (tags) {
    const because: Because = { kind: 'similar', events: tags.events, category: null, city: null };
    items.push({ field: 'tags', value: tags.tags, source, because });
  }
  const summary = typed.summary === '' ? summaryOf(typed, speak) : '';
  if (summary) items.push({ field: 'summary', value: summary, source, because: { kind: 'typed' } });
  const description = typed.description === '' ? descriptionOf(typed, own, speak) : null;
  if (description) items.push({ field: 'description', source, ...description });
  if (prices && typed.currency) {
    const { currency } = typed;
    const [low, middle, high] = prices.of.quartilesMinor.map((amount) => ({ amount, currency }));
    const because: Because = {
      kind: 'similar',
      events: prices.of.events,
      category: prices.category,
      city: prices.city,
    };
    if (low && middle && high) items.push({ field: 'price', low, middle, high, source, because });
  }
  return items;
}

interface Said {
  value: string;
  because: Because;
}

const numbered = /^(.*?)(\d{1,4})$/su;

/** "Jazz in the Yard #13" after #12, if what is typed begins like it or nothing is typed. */
function nextTitle(title: string, own: OwnExample[]): Said | null {
  let best: { event: OwnExample; name: string; number: number } | null = null;
  for (const event of own) {
    const [, name = '', digits = ''] = numbered.exec(event.title) ?? [];
    const number = Number(digits);
    // A year is no number of a series, and a name comes before the number.
    if (!/\p{L}/u.test(name) || number >= 1900 || !sameStart(title, name)) continue;
    if (!best || (best.name === name && number > best.number)) best = { event, name, number };
  }
  if (!best) return null;
  const value = `${best.name}${best.number + 1}`;
  return value === title ? null : { value, because: ownBecause(best.event) };
}

const letters = (text: string): string => text.toLowerCase().replaceAll(/[^\p{L}\p{M}]/gu, '');
const sameStart = (title: string, name: string): boolean =>
  !/\d$/.test(title) && (title === '' || letters(title) === letters(name));

const ownBecause = ({ title, startsAt, timeZone }: OwnExample): Because => ({
  kind: 'own',
  title,
  startsAt: startsAt.toISOString(),
  timeZone,
});

/** A title in capitals reads as if it shouted. */
function tidiedTitle(title: string): Said | null {
  const single = title.replaceAll(/\s+/gu, ' ').replace(/([!?])\1+/g, '$1');
  const shouts =
    /\p{Lu}/u.test(single) && single === single.toUpperCase() && (single.match(/\p{L}/gu) ?? []).length > 8;
  const value = shouts
    ? single.toLowerCase().replaceAll(/(?<![\p{L}\p{M}'’])\p{L}/gu, (first) => first.toUpperCase())
    : single;
  return value === title || value === '' ? null : { value, because: { kind: 'typed' } };
}

/** The first sentences of the description, or else what, where and when. */
function summaryOf(typed: Typed, speak: SpeakSuggestion): string {
  const text = typed.description
    .replaceAll(/^#+ .*$/gmu, ' ')
    .replaceAll(/!?\[([^\]]*)\]\([^)]*\)/gu, '$1')
    .replaceAll(/[*_`>#]+/gu, '')
    .replaceAll(/\s+/gu, ' ')
    .trim();
  const sentences = text.match(/[^.!?؟。]+[.!?؟。]+/gu) ?? [];
  let summary = '';
  for (const sentence of sentences) {
    if (`${summary}${sentence}`.trim().length > mostSummary) break;
    summary += sentence;
  }
  if (summary) return summary.trim();
  const { category, venueName, city, startsAt, timeZone } = typed;
  if (!category || !city || !startsAt) return '';
  const place = [venueName, city].filter(Boolean).join(', ');
  return [speak.category(category), place, speak.day(startsAt, timeZone ?? 'UTC')]
    .join(' · ')
    .slice(0, mostSummary);
}

/** The description of the last event of the same kind, or else an outline to fill in. */
function descriptionOf(typed: Typed, own: OwnExample[], speak: SpeakSuggestion): Said | null {
  const words = new Set(tokensOf(typed.title));
  const common = (event: OwnExample) => tokensOf(event.title).filter((word) => words.has(word)).length;
  const [like] = own
    .filter(({ description }) => description.length >= 80)
    .map((event) => ({ event, common: common(event) }))
    .filter(({ event, common }) => common > 0 || event.category === typed.category)
    .sort((a, b) => b.common - a.common);
  if (like) return { value: like.event.description, because: ownBecause(like.event) };
  if (!typed.title) return null;
  const place = [typed.venueName, typed.city].filter(Boolean).join(', ');
  return { value: speak.outline({ lead: typed.summary || typed.title, place }), because: { kind: 'typed' } };
}
