import type { FastifyInstance } from 'fastify';
import { getMe } from '../../../contract/accounts.ts';
import { deleteMe, exportMe, getDeletion } from '../../../contract/deletion.ts';
import type { App } from '../../app.ts';
import { bind } from '../../http/bind.ts';
import { deleteAccount, readDeletion } from './delete-account.ts';
import { exportAccount } from './export-account.ts';
import { readMe } from './read-me.ts';

export function meRoutes(http: FastifyInstance, app: App): void {
  bind(http, app, getMe, readMe);
  bind(http, app, exportMe, exportAccount);
  bind(http, app, getDeletion, readDeletion);
  bind(http, app, deleteMe, deleteAccount);
}
