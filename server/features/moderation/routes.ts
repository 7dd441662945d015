import type { FastifyInstance } from 'fastify';
import * as contract from '../../../contract/moderation.ts';
import type { App } from '../../app.ts';
import { bind } from '../../http/bind.ts';
import { answerAppeal } from './answer-appeal.ts';
import { dismissReports } from './dismiss-reports.ts';
import { listAppeals } from './list-appeals.ts';
import { listReports } from './list-reports.ts';
import { appealDecision, readDecision } from './read-decision.ts';
import { removeEvent, restoreEvent } from './remove-event.ts';
import { reportEvent } from './report-event.ts';
import { holdPayouts, liftSuspension, releasePayouts, suspendOrganisation } from './suspend-organisation.ts';

export function moderationRoutes(http: FastifyInstance, app: App): void {
  bind(http, app, contract.reportEvent, reportEvent);
  bind(http, app, contract.listReports, listReports);
  bind(http, app, contract.dismissReports, dismissReports);
  bind(http, app, contract.removeEvent, removeEvent);
  bind(http, app, contract.restoreEvent, restoreEvent);
  bind(http, app, contract.suspendOrganisation, suspendOrganisation);
  bind(http, app, contract.liftSuspension, liftSuspension);
  bind(http, app, contract.holdPayouts, holdPayouts);
  bind(http, app, contract.releasePayouts, releasePayouts);
  bind(http, app, contract.readDecision, readDecision);
  bind(http, app, contract.appealDecision, appealDecision);
  bind(http, app, contract.listAppeals, listAppeals);
  bind(http, app, contract.answerAppeal, answerAppeal);
}
