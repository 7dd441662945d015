import type { Caller } from '../../../../../client/call.ts';
import { getDoorManifest, listTicketKeys } from '../../../../../client/endpoints.generated.ts';
import {
  isSignedManifest,
  type Manifest,
  type ManifestHead,
  readManifest,
  type VerifySignature,
} from '../../../../../contract/door-manifest.ts';
import type { EventId } from '../../../../../contract/ids.ts';
import type { DeviceDatabase } from './device-database.ts';
import { type Knowledge, learn } from './knowledge.ts';
import { makeVaultKey, type Sealed, seal, unseal } from './vault.ts';

type Bytes = Uint8Array<ArrayBuffer>;

interface ManifestKeeper {
  knowledge(): Knowledge | null;
  /** Asks the server for what is new. Throws the call's error. */
  refresh(headers: Record<string, string>): Promise<void>;
  /** Deletes what the device knows about guests. */
  forget(): Promise<void>;
}

/** What came is not what the server says of this event. */
export class Untrusted extends Error {}

/** After so many deltas on the disk the gate takes a whole manifest again, so that it starts quickly. */
const mostDeltas = 200;
/** How often an empty delta is written: only the time of the knowledge is new in it. */
const emptyEveryMs = 30_000;

/**
 * Keeps the manifest of one scope in memory and, sealed, on the disk. It believes only what a key signs that the gate knew
 * before, from the server's own list or from a signed manifest.
 */
export async function openKeeper(
  database: DeviceDatabase | null,
  {
    eventId,
    scope,
    call,
    verify,
    steadyMs,
  }: {
    eventId: EventId;
    scope: string;
    call: Caller;
    verify: VerifySignature;
    steadyMs: () => number;
  },
): Promise<ManifestKeeper> {
  let knowledge: Knowledge | null = null;
  let keys: ManifestHead['keys'] = [];
  let deltas = 0;
  let emptyKeptMs = Number.NEGATIVE_INFINITY;
  /** The version after the last manifest or delta that is, or will be, on the disk. */
  let keptVersion: string | null = null;
  /** What the disk has refused so far. */
  let unwritten: (() => Promise<void>)[] = [];
  // Without WebCrypto nothing can be sealed, and names must not lie on a disk in the open.
  const vault =
    database && globalThis.crypto?.subtle ? await openVault(database, scope).catch(() => null) : null;

  if (vault) await load().catch(() => {});

  async function load(): Promise<void> {
    for (const { bytes, follows, isTail } of (await vault?.read()) ?? []) {
      const manifest = readManifest(bytes);
      // One before it is missing. With it the gate would never hear of what the missing one says.
      if (follows !== keptVersion) return;
      knowledge = learn(knowledge, manifest);
      keys = manifest.head.keys;
      if (!isTail) keptVersion = manifest.head.version;
      deltas++;
    }
  }

  async function keep(bytes: Bytes, { head, tickets }: Manifest): Promise<void> {
    if (!vault) return;
    const follows = keptVersion;
    if (head.since === null) {
      deltas = 0;
      unwritten = [() => vault.replace(bytes)];
      keptVersion = head.version;
    } else if (tickets.length > 0) {
      const number = ++deltas;
      unwritten.push(() => vault.append(number, { bytes, follows }));
      keptVersion = head.version;
    } else if (unwritten.length === 0 && steadyMs() - emptyKeptMs > emptyEveryMs) {
      emptyKeptMs = steadyMs();
      await vault.setTail({ bytes, follows });
    }
    // In order, and each again until the disk takes it.
    for (let write = unwritten[0]; write; write = unwritten[0]) {
      await write();
      unwritten.shift();
    }
  }

  return {
    knowledge: () => knowledge,
    async refresh(headers) {
      const since = knowledge && deltas < mostDeltas ? { since: knowledge.head.version } : {};
      const { bytes } = (await call(getDoorManifest, {
        params: { eventId },
        query: since,
        headers,
        retries: 0,
      })) as {
        bytes: Bytes;
      };
      let isSigned = await isSignedManifest(bytes, keys, verify);
      if (!isSigned) {
        // The first manifest, or the operator has changed the key that signs.
        keys = (await call(listTicketKeys, { retries: 0 })).keys;
        isSigned = await isSignedManifest(bytes, keys, verify);
      }
      if (!isSigned) throw new Untrusted('the manifest is not signed by the server');
      const manifest = readManifest(bytes);
      if (manifest.head.event.id !== eventId) throw new Untrusted('this is the manifest of another event');
      if (manifest.head.since !== null && manifest.head.since !== knowledge?.head.version) {
        // The next one is whole.
        deltas = mostDeltas;
        throw new Error('the delta does not follow what the gate knows');
      }
      knowledge = learn(knowledge, manifest);
      keys = manifest.head.keys;
      // If the disk takes nothing, the gate knows the same as long as the page is open.
      await keep(bytes, manifest).catch(() => {});
    },
    async forget() {
      knowledge = null;
      keys = [];
      unwritten = [];
      keptVersion = null;
      await vault?.destroy().catch(() => {});
    },
  };
}

/** A delta on the disk. Empty ones are not all kept, so `follows` is the version of the one that the disk has before it. */
interface KeptDelta<Held> {
  bytes: Held;
  follows: string | null;
  isTail?: boolean;
}

/** The sealed bytes of a scope: a whole manifest, the deltas after it, and the last empty delta. */
async function openVault(database: DeviceDatabase, scope: string) {
  const kept = await database.get<CryptoKey>('keys', scope);
  const key = kept ?? (await makeVaultKey());
  if (!kept) await database.put('keys', scope, key);
  const put = async (place: number | 'tail', { bytes, follows }: KeptDelta<Bytes>) =>
    database.put('deltas', [scope, place], {
      bytes: await seal(key, bytes),
      follows,
      isTail: place === 'tail',
    } satisfies KeptDelta<Sealed>);
  return {
    async read(): Promise<KeptDelta<Bytes>[]> {
      const full = await database.get<Sealed>('manifests', scope);
      if (!full) return [];
      const later = await database.all<KeptDelta<Sealed>>('deltas', scope);
      return Promise.all(
        [{ bytes: full, follows: null }, ...later].map(async (each) => ({
          ...each,
          bytes: await unseal(key, each.bytes),
        })),
      );
    },
    async replace(bytes: Bytes): Promise<void> {
      await database.removeAll('deltas', scope);
      await database.put('manifests', scope, await seal(key, bytes));
    },
    async append(number: number, delta: KeptDelta<Bytes>): Promise<void> {
      await put(number, delta);
      await database.remove('deltas', [[scope, 'tail']]);
    },
    /** A text sorts after all numbers, so the tail comes last. */
    setTail: (delta: KeptDelta<Bytes>): Promise<void> => put('tail', delta),
    /** The key first: without it the rest is noise, even if the browser stops here. */
    async destroy(): Promise<void> {
      await database.remove('keys', [scope]);
      await database.remove('manifests', [scope]);
      await database.removeAll('deltas', scope);
    },
  };
}
