import type { FastifyInstance } from 'fastify';
import * as passes from '../../../contract/wallet-passes.ts';
import type { App } from '../../app.ts';
import { bind } from '../../http/bind.ts';
import { getApplePass } from './get-apple-pass.ts';
import { getChangedPass } from './get-changed-pass.ts';
import { listChangedPasses } from './list-changed-passes.ts';
import { listPassWallets } from './list-pass-wallets.ts';
import { logPassTroubles } from './log-pass-troubles.ts';
import { makeGooglePass } from './make-google-pass.ts';
import { registerPassDevice } from './register-pass-device.ts';
import { unregisterPassDevice } from './unregister-pass-device.ts';

export function passesRoutes(http: FastifyInstance, app: App): void {
  bind(http, app, passes.listPassWallets, listPassWallets);
  bind(http, app, passes.getApplePass, getApplePass);
  bind(http, app, passes.makeGooglePass, makeGooglePass);
  bind(http, app, passes.registerPassDevice, registerPassDevice);
  bind(http, app, passes.unregisterPassDevice, unregisterPassDevice);
  bind(http, app, passes.listChangedPasses, listChangedPasses);
  bind(http, app, passes.getChangedPass, getChangedPass);
  bind(http, app, passes.logPassTroubles, logPassTroubles);
}
