import type { z } from 'zod';
import type { OrganisationId } from '../../../contract/ids.ts';
import type * as contract from '../../../contract/suggestions.ts';
import { ModelFailed } from '../../adapters/ai/model.ts';
import type { App } from '../../app.ts';
import type { Call } from '../../http/bind.ts';
import { spendKept } from '../../http/kept-budgets.ts';
import {
  type Example,
  type ExamplePrices,
  findExamplePrices,
  findExamples,
  type Wish,
} from '../catalog/find-examples.ts';
import { questionOf, suggestionsOf } from './model-question.ts';
import { guessCategory, guessTags, leastEvents, suggestLocally, wordsOf } from './suggestions.ts';
import { speakSuggestion } from './words.ts';

type Body = z.output<NonNullable<typeof contract.suggestEvent.body>>;
type Answer = z.output<NonNullable<typeof contract.suggestEvent.reply>>;

/** Suggests what could stand in the fields of an event. It writes nothing but the budget of the model. */
export async function suggestEvent(
  app: App,
  {
    params,
    body,
  }: Pick<Call<{ organisationId: OrganisationId }, undefined, Body, 'team'>, 'params' | 'body'>,
): Promise<Answer> {
  const { organisationId } = params;
  const { city, currency, except } = body;
  const wish: Wish = {
    ...{ organisationId, except, city, currency, category: body.category },
    words: wordsOf(body),
    now: app.clock.now(),
  };
  const { examples, own } = await findExamples(app, wish);
  const guess = guessCategory(body, examples);
  const category = body.category ?? guess?.category ?? null;
  const [prices, model] = await Promise.all([
    findPrices(app, { ...wish, category }),
    askModel(app, organisationId, body, examples),
  ]);
  const local = suggestLocally(
    body,
    {
      examples,
      own,
      guess,
      tags: guessTags(body, examples, own),
      prices: prices && category ? { ...prices, category } : null,
    },
    speakSuggestion(body.language),
  );
  return { items: [...local, ...model.items], ai: model.ai };
}

/** The prices of the city if it has enough events, or else of all cities. */
async function findPrices(app: App, wish: Wish): Promise<{ of: ExamplePrices; city: string | null } | null> {
  const near = wish.city ? await findExamplePrices(app, wish) : null;
  if (near && near.events >= leastEvents) return { of: near, city: wish.city };
  const all = await findExamplePrices(app, { ...wish, city: '' });
  return all && all.events >= leastEvents ? { of: all, city: null } : null;
}

async function askModel(
  app: App,
  organisationId: OrganisationId,
  body: Body,
  examples: Example[],
): Promise<Pick<Answer, 'items' | 'ai'>> {
  const { languageModel } = app;
  if (!languageModel) return { items: [], ai: 'off' };
  // Nothing is typed yet, so a model could only invent.
  if (!`${body.title}${body.summary}${body.description}`) return { items: [], ai: 'used' };
  if ((await spendKept(app, 'modelQuestionsPerOrganisation', organisationId)) > 0)
    return { items: [], ai: 'limited' };
  try {
    const answer = await languageModel.ask(questionOf(body, body.language, examples));
    return { items: suggestionsOf(answer, body, languageModel.name), ai: 'used' };
  } catch (error) {
    if (!(error instanceof ModelFailed)) throw error;
    app.log.warn({ reason: error.message, organisationId }, 'the language model gave no suggestions');
    return { items: [], ai: 'failed' };
  }
}
