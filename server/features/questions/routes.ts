import type { FastifyInstance } from 'fastify';
import * as questions from '../../../contract/questions.ts';
import type { App } from '../../app.ts';
import { bind } from '../../http/bind.ts';
import { withVersion } from '../../http/with-version.ts';
import { getEventQuestions } from './get-questions.ts';
import { countAnswers, listAnswers } from './list-answers.ts';
import { getOrderAnswers, getTicketAnswers, putOrderAnswers, putTicketAnswers } from './order-answers.ts';
import { getQuestionForm, putQuestionForm } from './put-form.ts';

export function questionsRoutes(http: FastifyInstance, app: App): void {
  bind(http, app, questions.getEventQuestions, getEventQuestions);
  bind(http, app, questions.getQuestionForm, withVersion(getQuestionForm));
  bind(http, app, questions.putQuestionForm, withVersion(putQuestionForm));
  bind(http, app, questions.getOrderAnswers, getOrderAnswers);
  bind(http, app, questions.putOrderAnswers, putOrderAnswers);
  bind(http, app, questions.getTicketAnswers, getTicketAnswers);
  bind(http, app, questions.putTicketAnswers, putTicketAnswers);
  bind(http, app, questions.listAnswers, listAnswers);
  bind(http, app, questions.countAnswers, countAnswers);
}
