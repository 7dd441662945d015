/** A browser that shows notifications, as its push service knows it. */
export interface PushTarget {
  endpoint: string;
  p256dh: string;
  auth: string;
}

/** What the browser shows, and the page that it opens. */
export interface Notification {
  title: string;
  body: string;
  /** A path of the web app. */
  path: string;
  /** A newer notification with the same tag replaces the older one. */
  tag: string;
  language: string;
}

/** gone: the browser has ended the subscription. later: the service is busy, for so many seconds. */
export type PushAnswer = { is: 'accepted' } | { is: 'gone' } | { is: 'later'; seconds: number };

/**
 * Sends notifications through the push services of browsers (server/adapters/push). Throws Undeliverable if the service
 * refuses a notification for good, and another error if it may be sent later.
 */
export interface PushSender {
  /** The key with which browsers subscribe. */
  readonly publicKey: string;
  /** False for an endpoint to which Admit opens no connection. */
  mayUse(endpoint: string): boolean;
  send(target: PushTarget, notification: Notification): Promise<PushAnswer>;
}
