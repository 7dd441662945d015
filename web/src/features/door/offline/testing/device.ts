import { expect, vi } from 'vitest';
import { createCaller } from '../../../../../../client/call.ts';
import type { Person, TestEvent, World } from '../../../../../../server/testing/world.ts';
import { createBeat } from '../beat.ts';
import type { DeviceDatabase } from '../device-database.ts';
import { openGate } from '../gate.ts';
import { handInOthers } from '../hand-in-others.ts';
import { createVerifier } from '../verify-signature.ts';
import { memoryDatabase } from './memory-database.ts';

/** Who scans where. */
interface Place {
  world: World;
  event: TestEvent;
  steward: Person;
}

export interface Conditions {
  at?: TestEvent;
  /** Whose gate of this device it is; see `scopeOf`. */
  who?: string;
  /** The upload of scans takes so long. */
  uploadMs?: number;
  database?: DeviceDatabase;
  isOffline?: boolean;
  aheadMs?: number;
  damage?: boolean;
  /** The answer of the next scan gets lost, and this happens meanwhile. */
  losesAnswer?: (() => Promise<void>) | undefined;
  verify?: ReturnType<typeof createVerifier>;
}

/** A phone with a gate, which has met the server unless it is offline. */
export async function openDevice({ world, event, steward }: Place, conditions: Conditions = {}) {
  let now: Conditions = conditions;
  const { at = event } = conditions;
  let chance = () => {};
  // The server makes one manifest for all gates that ask within a second.
  world.app.caches.gateKnowledge.forget(at.id);
  const call = createCaller({
    async fetch(address, sent) {
      if (now.isOffline) throw new TypeError('no network');
      if (address.endsWith('/batch')) world.clock.advance(now.uploadMs ?? 0);
      const response = await fetch(new URL(address, world.url), {
        ...sent,
        body: sent.body ?? null,
        headers: { ...sent.headers, cookie: steward.client.cookie() },
      });
      const { losesAnswer } = now;
      if (losesAnswer && address.endsWith('/check-ins')) {
        now = { ...now, losesAnswer: undefined };
        await losesAnswer();
        throw new TypeError('lost');
      }
      // An answer that was on its way when the network went is lost.
      if (now.isOffline) throw new TypeError('no network');
      if (!now.damage || !address.includes('door-manifest')) return response;
      const bytes = new Uint8Array(await response.arrayBuffer());
      bytes[40] = (bytes[40] ?? 0) ^ 1;
      return new Response(bytes, response);
    },
  });
  const trueMs = () => world.clock.now().getTime();
  const named = await steward.client.post(`/api/events/${event.id}/door-devices`, { name: 'Test phone' });
  const headers = () => ({ 'admit-door-device': named.body.device.id as string });
  const clocks = { wallMs: () => trueMs() + (now.aheadMs ?? 0), steadyMs: trueMs };
  const database = conditions.database ?? memoryDatabase();
  const scope = scopeOf(at, conditions.who);
  const gate = await openGate({
    eventId: at.id,
    scope,
    headers,
    call,
    beat: createBeat(call, headers, clocks),
    database,
    handInOthers: (time, isMeasured) =>
      handInOthers({ database, call, credentials: async () => headers(), but: scope, time, isMeasured }),
    verify: conditions.verify ?? createVerifier(),
    platform: {
      ...clocks,
      isVisible: () => true,
      isOnline: () => true,
      onChance(call) {
        chance = call;
      },
    },
  });
  let shown = 0;
  gate.subscribe(() => shown++);
  gate.use();
  /** Resolves when the gate has met the server once more, or has failed to. */
  const meet = async () => {
    world.app.caches.gateKnowledge.forget(at.id);
    let meetings = 0;
    const forget = gate.subscribe(() => meetings++);
    chance();
    await vi.waitFor(() => expect(meetings).toBeGreaterThan(0), { timeout: 20_000 });
    forget();
  };
  const device = {
    gate,
    meet,
    set(change: Conditions) {
      now = { ...now, ...change };
    },
    goOffline: () => device.set({ isOffline: true }),
    async goOnline() {
      device.set({ isOffline: false });
      chance();
      await vi.waitFor(() => expect(gate.state()).toMatchObject({ contact: 'online', waiting: 0 }), {
        timeout: 20_000,
      });
    },
  };
  if (!conditions.isOffline)
    // The page that opens asks for a second meeting while the first one is going on. After it, the gate is at rest.
    await vi.waitFor(() => expect([gate.state().contact, shown > 1]).toEqual(['online', true]), {
      timeout: 20_000,
    });
  return device;
}

export const scopeOf = ({ id }: TestEvent, who = 'steward') => `${id} ${who}`;
