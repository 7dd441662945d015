import { Refused } from '../../../contract/errors.ts';
import type { DecisionId, ReportId } from '../../../contract/ids.ts';
import { languageOf } from '../../../contract/languages.ts';
import type { ReadableDecision } from '../../../contract/moderation.ts';
import type { App } from '../../app.ts';
import type { Queryable } from '../../data/db.ts';
import type { Call } from '../../http/bind.ts';
import { findAppeal, insertAppeal } from './appeals-store.ts';
import { appealUntil, type DecisionRow, showDecision } from './moderation.ts';
import { findDecision } from './store.ts';

interface BySecret {
  secret: string;
  report?: ReportId | undefined;
}
type SecretCall<Body> = Call<{ decisionId: DecisionId }, undefined, Body, 'secret'>;

/** Shows a decision to whoever has the secret of its mail. */
export async function readDecision(app: App, call: SecretCall<BySecret>): Promise<ReadableDecision> {
  return show(app.db, await requireDecision(app, call), call.body.report ?? '');
}

/** Keeps an appeal. Throws Refused('appeal_too_late') after six months, and 'decision_appealed' if there is one with another text. */
export async function appealDecision(
  app: App,
  call: SecretCall<BySecret & { text: string }>,
): Promise<ReadableDecision> {
  const decision = await requireDecision(app, call);
  const { text, report: reportId = '' } = call.body;
  // Whoever reported can appeal against a decision that did not follow the report.
  if (reportId !== '' && decision.kind !== 'dismissed') throw new Refused('not_found');
  const now = app.clock.now();
  return app.db.transaction(async (trx) => {
    const earlier = await findAppeal(trx, decision.id, reportId);
    if (!earlier && now > appealUntil(decision)) throw new Refused('appeal_too_late');
    const made = await insertAppeal(trx, {
      id: app.newId('moderationAppeal'),
      decisionId: decision.id,
      reportId,
      text,
      language: languageOf(call.header('accept-language')),
      madeAt: now,
      outcome: null,
      answer: null,
    });
    const kept = await findAppeal(trx, decision.id, reportId);
    if (made === 0 && kept?.text !== text) throw new Refused('decision_appealed');
    return show(trx, decision, reportId);
  });
}

async function requireDecision(app: App, { params, body }: SecretCall<BySecret>): Promise<DecisionRow> {
  const isKnown = app.moderationLinks.isSecretOf(params.decisionId, body.report ?? null, body.secret);
  const decision = isKnown ? await findDecision(app.db, params.decisionId) : null;
  if (!decision) throw new Refused('not_found');
  return decision;
}

async function show(
  db: Queryable,
  decision: DecisionRow,
  reportId: ReportId | '',
): Promise<ReadableDecision> {
  const appeal = await findAppeal(db, decision.id, reportId);
  return {
    ...showDecision(decision),
    appealUntil: appealUntil(decision).toISOString(),
    appeal: appeal && {
      text: appeal.text,
      madeAt: appeal.madeAt.toISOString(),
      outcome: appeal.outcome,
      answer: appeal.answer,
    },
  };
}
