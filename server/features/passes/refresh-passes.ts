import type { EventId, PassId } from '../../../contract/ids.ts';
import type { App } from '../../app.ts';
import { enqueueJobs } from '../../work/jobs.ts';
import { readEventSale } from '../sale/event-sale.ts';
import { googleClassOf, objectIdOf } from './google-pass.ts';
import { eventFactsOf, type PassRow } from './pass.ts';
import { organiserOf, readPassNow, type SaidPass } from './say-pass.ts';
import {
  findPass,
  forgetPushToken,
  listClassLanguages,
  listPassesOfEvent,
  listPushTokens,
  noteChange,
  noteTold,
} from './store.ts';
import type { GoogleThing } from './wallets.ts';

/** So many passes are one job, so that a failed one repeats little. */
const portion = 100;

/**
 * Tells phones of the passes that have changed: Apple's by a push, after which the phone asks for the pass; Google's by writing its
 * object. A pass that says what it said is left alone, so a second job changes nothing. If one pass fails, the others are done, and
 * the job is tried again.
 */
export async function refreshPasses(app: App, { passIds }: { passIds: PassId[] }): Promise<void> {
  const failed: unknown[] = [];
  let pauseSeconds = 0;
  for (const id of passIds) {
    try {
      pauseSeconds = Math.max(pauseSeconds, await refreshPass(app, id));
    } catch (error) {
      failed.push(error);
    }
  }
  if (failed.length > 0)
    throw new AggregateError(failed, `${failed.length} passes could not be updated: ${failed[0]}`);
  if (pauseSeconds === 0) return;
  const runAt = new Date(app.clock.now().getTime() + pauseSeconds * 1000);
  await enqueueJobs(app.db, [{ task: 'refresh-passes', payload: { passIds }, runAt }]);
}

/** All passes of an event that has changed, in portions. */
export async function refreshEventPasses(
  app: App,
  { eventId, after }: { eventId: EventId; after: PassId | null },
): Promise<void> {
  if (after === null) await refreshClasses(app, eventId);
  const passIds = await listPassesOfEvent(app.db, eventId, after, portion);
  const last = passIds.at(-1);
  if (last === undefined) return;
  await enqueueJobs(app.db, [
    { task: 'refresh-passes', payload: { passIds } },
    ...(passIds.length === portion
      ? [{ task: 'refresh-event-passes' as const, payload: { eventId, after: last } }]
      : []),
  ]);
}

/** Google has what the passes of an event have in common. */
async function refreshClasses(app: App, eventId: EventId): Promise<void> {
  const languages = app.googleWallet ? await listClassLanguages(app.db, eventId) : [];
  const event = languages.length > 0 ? await readEventSale(app, eventId) : null;
  if (!app.googleWallet || !event) return;
  const { issuer, putClass } = app.googleWallet;
  const { publicUrl } = app.config;
  const organiser = await organiserOf(app, event);
  for (const language of languages) {
    const facts = eventFactsOf(event, language, organiser);
    await putClass(googleClassOf(facts, { issuer, publicUrl }), app.clock.now());
  }
}

/** Returns the pass as it is now, after noting a change. Null if its ticket is gone. */
export async function followPass(app: App, pass: PassRow): Promise<{ pass: PassRow; said: SaidPass } | null> {
  const said = await readPassNow(app, pass);
  if (!said) return null;
  const { digest } = said;
  if (digest === pass.digest) return { pass, said };
  const changedAt = await noteChange(app.db, pass, digest, app.clock.now());
  if (changedAt) return { pass: { ...pass, digest, changedAt }, said };
  // Somebody else has noted a change in this moment.
  const again = await findPass(app.db, pass.id);
  return again ? followPass(app, again) : null;
}

/** Returns for how many seconds the rest must wait; 0 if all is told. */
async function refreshPass(app: App, id: PassId): Promise<number> {
  const found = await findPass(app.db, id);
  // The job is tried again for three days. If the certificate is renewed until then, no phone misses the change.
  if (found?.wallet === 'apple' && app.appleWallet?.hasExpired())
    throw new Error('the certificate of passes for Apple Wallet has expired');
  const followed = found && (await followPass(app, found));
  if (!followed || followed.pass.toldDigest === followed.said.digest) return 0;
  const { pass, said } = followed;
  const pauseSeconds = pass.wallet === 'apple' ? await pushToDevices(app, id) : 0;
  if (pauseSeconds > 0) return pauseSeconds;
  if (pass.wallet === 'google' && app.googleWallet) {
    const thing = { id: objectIdOf(app.googleWallet.issuer, id), ...said.content } as GoogleThing;
    await app.googleWallet.putObject(thing, app.clock.now());
  }
  await noteTold(app.db, id, said.digest);
  return 0;
}

/** Pushes to every device that has the pass. A push token that has ended is forgotten. */
async function pushToDevices(app: App, id: PassId): Promise<number> {
  let pauseSeconds = 0;
  for (const token of await listPushTokens(app.db, id)) {
    const answer = await app.appleWallet?.push(token);
    if (answer?.is === 'gone') await forgetPushToken(app.db, token);
    if (answer?.is === 'later') pauseSeconds = Math.max(pauseSeconds, answer.seconds);
  }
  return pauseSeconds;
}
