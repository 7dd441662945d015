import type { FastifyInstance } from 'fastify';
import * as contract from '../../../contract/failed-work.ts';
import type { App } from '../../app.ts';
import { bind } from '../../http/bind.ts';
import { deliverParkedMessage } from './deliver-parked-message.ts';
import { listFailedJobs } from './list-failed-jobs.ts';
import { listParkedMessages } from './list-parked-messages.ts';
import { runFailedJob } from './run-failed-job.ts';

export function failedWorkRoutes(http: FastifyInstance, app: App): void {
  bind(http, app, contract.listFailedJobs, listFailedJobs);
  bind(http, app, contract.runFailedJob, runFailedJob);
  bind(http, app, contract.listParkedMessages, listParkedMessages);
  bind(http, app, contract.deliverParkedMessage, deliverParkedMessage);
}
