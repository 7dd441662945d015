import type { FastifyRequest } from 'fastify';
import { Refused } from '../../contract/errors.ts';
import type { EventId } from '../../contract/ids.ts';
import type { Operation } from '../../contract/operation.ts';
import type { App } from '../app.ts';
import { covers, type DeviceCaller } from '../features/door-links/door-device.ts';
import { findDevice, requireNotEnded } from '../features/door-links/find-device.ts';
import { readParams } from './read-call.ts';

/**
 * Lets a device of a door link into an operation of an event that its link covers. To a device, other events do not
 * exist. Throws `unauthenticated` if the token is of no device, and `door_link_ended` if it has ended, unless the
 * operation takes the scans of such devices too.
 */
export async function admitDevice(app: App, op: Operation, request: FastifyRequest): Promise<DeviceCaller> {
  const device = await findDevice(app, request.headers);
  request.checkedParams ??= readParams(op, request);
  const { eventId } = request.checkedParams as { eventId: EventId };
  if (!covers(device.link, eventId)) throw new Refused('not_found');
  if (!op.takesEndedDevices) requireNotEnded(device);
  request.doorDevice = device;
  return device;
}
