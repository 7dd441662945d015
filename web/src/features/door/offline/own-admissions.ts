import type { OwnMovement } from './decide-here.ts';
import type { DeviceDatabase } from './device-database.ts';

interface Recent extends OwnMovement {
  nonce: string;
}

/** What the server read of an event may be a second old when it answers, and the answer of a scan may be on its way for longer. */
const knowledgeAgeMs = 2_500;

/**
 * What the server has admitted through this gate, and what no manifest of the gate says yet. The device keeps it, so that a gate
 * that loses its network and is restarted in the next moment does not let the same ticket in again.
 */
export async function openOwnMovements(
  database: DeviceDatabase | null,
  scope: string,
  steadyMs: () => number,
) {
  const kept = (await database?.all<Recent>('recent', scope).catch(() => [])) ?? [];
  let recent = kept.map((each) => ({ ...each, knownMs: steadyMs() }));
  return {
    all: (): readonly Recent[] => recent,
    add(nonce: string, admission: OwnMovement): void {
      const added: Recent = { ...admission, nonce };
      recent.push({ ...added, knownMs: steadyMs() });
      // Nobody waits for the disk: the server has this admission already.
      void database?.put('recent', [scope, nonce], added).catch(() => {});
    },
    /**
     * Call it before the gate asks for a manifest. When the gate has it, call the function that this returns: it gives the nonces of
     * what the manifest has now.
     */
    ask(): () => Promise<string[]> {
      const coveredMs = steadyMs() - knowledgeAgeMs;
      return async () => {
        const settled = recent.filter(({ knownMs }) => knownMs <= coveredMs);
        recent = recent.filter(({ knownMs }) => knownMs > coveredMs);
        const nonces = settled.map(({ nonce }) => nonce);
        const keys = nonces.map((nonce) => [scope, nonce]);
        if (keys.length > 0) await database?.remove('recent', keys).catch(() => {});
        return nonces;
      };
    },
  };
}
