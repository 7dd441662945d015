import type { FastifyInstance } from 'fastify';
import * as apiKeys from '../../../contract/api-keys.ts';
import type { App } from '../../app.ts';
import { bind } from '../../http/bind.ts';
import { listApiKeys } from './list-api-keys.ts';
import { makeApiKey } from './make-api-key.ts';
import { revokeApiKey } from './revoke-api-key.ts';
import { rotateApiKey } from './rotate-api-key.ts';

export function apiKeysRoutes(http: FastifyInstance, app: App): void {
  bind(http, app, apiKeys.listApiKeys, listApiKeys);
  bind(http, app, apiKeys.makeApiKey, makeApiKey);
  bind(http, app, apiKeys.rotateApiKey, rotateApiKey);
  bind(http, app, apiKeys.revokeApiKey, revokeApiKey);
}
