import type { FastifyInstance } from 'fastify';
import * as operations from '../../../contract/waiting-room.ts';
import type { App } from '../../app.ts';
import { bind } from '../../http/bind.ts';
import { dropQueueBeacon } from './drop-beacon.ts';
import { enterLane } from './enter-lane.ts';
import { getChallenge } from './get-challenge.ts';
import { getDraw } from './get-draw.ts';
import { getMyEntry } from './get-my-entry.ts';
import { findQueueAnswer, getQueue } from './get-queue.ts';
import { joinQueue } from './join-queue.ts';
import { leaveQueue } from './leave-queue.ts';
import { getLanes, putLanes } from './put-lanes.ts';
import { steerQueue } from './steer-queue.ts';

export function waitingRoomRoutes(http: FastifyInstance, app: App): void {
  bind(http, app, operations.joinQueue, joinQueue);
  bind(http, app, operations.getQueueChallenge, getChallenge);
  bind(http, app, operations.getQueue, getQueue);
  http.readyAnswers.add(operations.getQueue, findQueueAnswer(app));
  bind(http, app, operations.getMyQueueEntry, getMyEntry);
  bind(http, app, operations.leaveQueue, leaveQueue);
  bind(http, app, operations.getQueueDraw, getDraw);
  bind(http, app, operations.steerQueue, steerQueue);
  bind(http, app, operations.dropQueueBeacon, dropQueueBeacon);
  bind(http, app, operations.enterQueueLane, enterLane);
  bind(http, app, operations.getQueueLanes, getLanes);
  bind(http, app, operations.putQueueLanes, putLanes);
}
