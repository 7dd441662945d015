import type { App } from '../app.ts';
import { Raw } from './bind.ts';

/**
 * Puts the version of what a command returns into the ETag header too, where HTTP clients look for the If-Match value.
 * There is no 304, because the rest of an answer may depend on the time and not on the version.
 */
export const withVersion =
  <C, R extends { version: number }>(command: (app: App, call: C) => Promise<R>) =>
  async (app: App, call: C): Promise<Raw> => {
    const result = await command(app, call);
    const headers = { 'content-type': 'application/json; charset=utf-8', etag: `"${result.version}"` };
    return new Raw(JSON.stringify(result), headers);
  };
