import type { OwnMovement } from './decide-here.ts';
import type { DeviceDatabase } from './device-database.ts';

interface Recent extends OwnMovement {
  nonce: string;
  /** How many manifests the gate had asked for. One that it asks for later has this admission. */
  asked: number;
}

/**
 * What the server has admitted through this gate, and what no manifest of the gate says yet. The device keeps it, so that a gate
 * that loses its network and is restarted in the next moment does not let the same ticket in again.
 */
export async function openOwnMovements(database: DeviceDatabase | null, scope: string) {
  const kept = (await database?.all<Recent>('recent', scope).catch(() => [])) ?? [];
  let recent = kept.map((each) => ({ ...each, asked: 0 }));
  let asked = 0;
  return {
    all: (): readonly OwnMovement[] => recent,
    add(nonce: string, admission: OwnMovement): void {
      const added = { ...admission, nonce, asked };
      recent.push(added);
      // Nobody waits for the disk: the server has this admission already.
      void database?.put('recent', [scope, nonce], added).catch(() => {});
    },
    /** Call it before the gate asks for a manifest. When the gate has it, call the function that this returns. */
    ask(): () => Promise<void> {
      const request = ++asked;
      return async () => {
        const settled = recent.filter((each) => each.asked < request);
        recent = recent.filter((each) => each.asked >= request);
        if (settled.length === 0) return;
        await database
          ?.remove(
            'recent',
            settled.map(({ nonce }) => [scope, nonce]),
          )
          .catch(() => {});
      };
    },
  };
}
