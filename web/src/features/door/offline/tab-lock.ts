/** The right to be the gate of a scope: one tab at a time has it, because two tabs would admit the same ticket twice. */
export interface Hold {
  isHeld(): boolean;
  release(): void;
}

interface Holder {
  /** Nobody looks at this tab's gate, so it may go without a question. */
  mayGo(): boolean;
  /** Ends the gate. The lock is free when the promise resolves. */
  leave(): Promise<void>;
}

/** How long a tab that nobody looks at may take to leave, and one that finishes its scan. */
const idlePatienceMs = 700;
const busyPatienceMs = 4_000;

/**
 * Takes the lock of a scope; null if another tab has it. With `isWanted` that tab is told to finish its scan and leave. If it does not
 * answer, because the browser has frozen it, the lock is taken from it. A page over plain HTTP has no locks.
 */
export async function holdScope(scope: string, holder: Holder, isWanted: boolean): Promise<Hold | null> {
  const { locks } = navigator;
  if (!locks || typeof BroadcastChannel === 'undefined') return { isHeld: () => true, release() {} };
  const name = `admit-door ${scope}`;
  const channel = new BroadcastChannel(name);
  const take = (options: LockOptions) => requestLock(name, options, () => void holder.leave());
  let held = await take({ ifAvailable: true });
  if (!held) {
    channel.postMessage(isWanted ? 'leave' : 'may I');
    held = await take({ signal: AbortSignal.timeout(isWanted ? busyPatienceMs : idlePatienceMs) });
  }
  if (!held && isWanted) held = await take({ steal: true });
  if (!held) {
    channel.close();
    return null;
  }
  const mine = held;
  const release = () => {
    channel.close();
    mine.release();
  };
  channel.onmessage = async ({ data: said }: MessageEvent<'leave' | 'may I'>) => {
    if (said === 'may I' && !holder.mayGo()) return;
    await holder.leave();
    release();
  };
  return { isHeld: mine.isHeld, release };
}

/** Null if the lock is not free in time. `lost` is called if another tab steals it. */
function requestLock(name: string, options: LockOptions, lost: () => void): Promise<Hold | null> {
  return new Promise((done, fail) => {
    let isHeld = false;
    const asked = navigator.locks.request(name, options, (lock) => {
      if (!lock) return done(null);
      isHeld = true;
      return new Promise<void>((free) => {
        const release = () => {
          isHeld = false;
          free();
        };
        done({ isHeld: () => isHeld, release });
      });
    });
    asked.catch((error) => {
      const wasHeld = isHeld;
      isHeld = false;
      if (wasHeld) lost();
      else if (error instanceof DOMException && ['AbortError', 'TimeoutError'].includes(error.name))
        done(null);
      else fail(error);
    });
  });
}
