/** What became of one attempt. */
export interface WebhookAnswer {
  /** The HTTP status; null without an answer. */
  status: number | null;
  /** Why there was no answer. */
  error: string | null;
  /** The beginning of the answer. */
  excerpt: string;
  retryAfterSeconds: number | null;
  durationMs: number;
}

/** Sends webhooks to addresses that organisations chose (server/adapters/webhooks). */
export interface WebhookSender {
  /** False for an address to which Admit opens no connection, as far as the address itself says. */
  mayUse(url: string): boolean;
  /** Never throws: what goes wrong is in the answer. */
  send(url: string, headers: Record<string, string>, body: string): Promise<WebhookAnswer>;
}
