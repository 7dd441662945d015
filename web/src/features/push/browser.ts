import {
  deletePushSubscription,
  getPushKey,
  putPushSubscription,
} from '../../../../client/endpoints.generated.ts';
import { call } from '../../api/call.ts';
import { registerWorker } from '../../offline/register.ts';

/** on: this browser shows notifications. off: it could. refused: the person has said no to it. never: it cannot. */
export type PushState = 'on' | 'off' | 'refused' | 'never';

const isAble = () =>
  import.meta.env.PROD && 'serviceWorker' in navigator && 'PushManager' in window && 'Notification' in window;

const findSubscription = async (): Promise<PushSubscription | null> =>
  (await (await navigator.serviceWorker.getRegistration())?.pushManager.getSubscription()) ?? null;

export async function readPushState(): Promise<PushState> {
  if (!isAble()) return 'never';
  if (Notification.permission === 'denied') return 'refused';
  return Notification.permission === 'granted' && (await findSubscription()) ? 'on' : 'off';
}

/** Asks the person, subscribes at the browser's push service and tells the server. */
export async function switchPushOn(): Promise<PushState> {
  // The browser asks only in answer to a press, so nothing may wait before this.
  if ((await Notification.requestPermission()) !== 'granted') return readPushState();
  await registerWorker();
  const { pushManager } = await navigator.serviceWorker.ready;
  const { publicKey } = await call(getPushKey, {});
  const options = { userVisibleOnly: true, applicationServerKey: publicKey };
  const subscription = await pushManager.subscribe(options).catch(async (error: Error) => {
    // A subscription with another key of the server is in the way.
    if (error.name !== 'InvalidStateError') throw error;
    await (await pushManager.getSubscription())?.unsubscribe();
    return pushManager.subscribe(options);
  });
  await tellServer(subscription);
  return 'on';
}

export async function switchPushOff(): Promise<PushState> {
  const subscription = await findSubscription();
  if (subscription) {
    await call(deletePushSubscription, { query: { endpoint: subscription.endpoint } });
    await subscription.unsubscribe();
  }
  return 'off';
}

/**
 * Tells the server of this browser's subscription again. On the server it ends with the session and in the browser it does not,
 * so every visit tells of it.
 */
export async function renewPush(): Promise<void> {
  if (!isAble() || Notification.permission !== 'granted') return;
  const subscription = await findSubscription();
  if (subscription) await tellServer(subscription);
}

const tellServer = (subscription: PushSubscription) => {
  const { endpoint, keys } = subscription.toJSON() as {
    endpoint: string;
    keys: { p256dh: string; auth: string };
  };
  return call(putPushSubscription, { body: { endpoint, keys } });
};
