import type { App } from '../../app.ts';

/** The keys that a scanner needs to verify codes offline. */
export const listTicketKeys = (app: App) => ({ keys: app.signer.publicKeys() });
