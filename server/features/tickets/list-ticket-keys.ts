import type { App } from '../../app.ts';

/** What a scanner needs to verify codes by itself. */
export const listTicketKeys = (app: App) => ({ keys: app.signer.publicKeys() });
