import { Refused } from '../../../contract/errors.ts';
import type { ParkedMessage } from '../../../contract/failed-work.ts';
import type { App } from '../../app.ts';
import { noteAct } from '../../data/audit-trail.ts';
import { lockParked, markAgain } from '../../data/outbox.ts';
import type { Call } from '../../http/bind.ts';
import { showParked } from './list-parked-messages.ts';

/** Marks a parked message, which its sink then gets once more (sink-runner.ts). */
export const deliverParkedMessage = async (
  app: App,
  call: Call<{ sink: string; position: string }, undefined, undefined, 'admin'>,
): Promise<ParkedMessage> =>
  app.db.transaction(async (trx) => {
    const { sink, position } = call.params;
    const parked = await lockParked(trx, sink, position);
    if (!parked) throw new Refused('not_found');
    if (parked.isDue) return showParked(parked);
    await markAgain(trx, sink, position);
    noteAct(app, trx, call, {
      act: 'message.delivered_again',
      organisationId: null,
      subject: { type: 'message', id: `${sink}/${position}`, title: parked.type },
      before: { state: 'parked' },
      after: { state: 'due' },
    });
    return showParked({ ...parked, isDue: true });
  });
