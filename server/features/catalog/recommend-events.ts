import type { z } from 'zod';
import type { recommendEvents as contract } from '../../../contract/discovery.ts';
import type { EventSummary } from '../../../contract/events.ts';
import type { App } from '../../app.ts';
import type { Call } from '../../http/bind.ts';
import type { Caller } from '../accounts/accounts.ts';
import { readProfile } from '../accounts/read-profile.ts';
import { selectPublished } from './discovery-store.ts';
import { findLiked } from './find-liked.ts';
import { type Because, type Liking, likingsOfViewed } from './taste.ts';

type Body = z.output<NonNullable<(typeof contract)['body']>>;

/** Recommends events to the caller. The list of viewed events comes with the request and is not stored. */
export async function recommendEvents(
  app: App,
  call: Pick<Call<unknown, unknown, Body, 'public'>, 'caller' | 'body'>,
): Promise<{ items: { event: EventSummary; because: Because }[] }> {
  const { viewed, limit } = call.body;
  const [said, seen] = await Promise.all([
    call.caller && !call.caller.isGuest ? likingsOfProfile(app, call.caller) : [],
    selectPublished(app.reads, viewed),
  ]);
  const likings = [...said, ...likingsOfViewed(seen)];
  return { items: await findLiked(app, { likings, except: viewed, around: app.clock.now(), limit }) };
}

async function likingsOfProfile(app: App, { userId }: Caller): Promise<Liking[]> {
  const { interests, homeCity } = await readProfile(app, userId);
  return [
    ...interests.map((category): Liking => ({ category, weight: 1, because: 'interest' })),
    ...(homeCity === null ? [] : [{ city: homeCity, weight: 1, because: 'home_city' } as const]),
  ];
}
