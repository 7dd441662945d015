import type { FastifyInstance } from 'fastify';
import * as doorLinks from '../../../contract/door-links.ts';
import type { App } from '../../app.ts';
import { bind } from '../../http/bind.ts';
import { listDoorDevices } from './list-door-devices.ts';
import { listDoorLinks } from './list-door-links.ts';
import { makeDoorLink } from './make-door-link.ts';
import { noteDoorDevice } from './note-door-device.ts';
import { registerDoorDevice } from './register-door-device.ts';
import { registerOwnDoorDevice } from './register-own-device.ts';
import { revokeDoorDevice } from './revoke-door-device.ts';
import { revokeDoorLink } from './revoke-door-link.ts';

export function doorLinksRoutes(http: FastifyInstance, app: App): void {
  bind(http, app, doorLinks.makeDoorLink, makeDoorLink);
  bind(http, app, doorLinks.listDoorLinks, listDoorLinks);
  bind(http, app, doorLinks.revokeDoorLink, revokeDoorLink);
  bind(http, app, doorLinks.listDoorDevices, listDoorDevices);
  bind(http, app, doorLinks.revokeDoorDevice, revokeDoorDevice);
  bind(http, app, doorLinks.registerOwnDoorDevice, registerOwnDoorDevice);
  bind(http, app, doorLinks.registerDoorDevice, registerDoorDevice);
  bind(http, app, doorLinks.noteDoorDevice, noteDoorDevice);
}
