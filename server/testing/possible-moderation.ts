import type { DecisionId } from '../../contract/ids.ts';
import type { Cast } from './cast.ts';
import { published } from './possible-events.ts';
import type { Organiser, World } from './world.ts';

interface Stage {
  world: World;
  cast: Cast;
}

const because = { ground: 'terms', statement: 'The band says that it does not play there.' };

async function reported({ world }: Stage) {
  const event = await world.event();
  const body = { category: 'fraud', text: 'A scam', goodFaith: true };
  const from = { 'x-forwarded-for': '10.77.0.1' };
  world.app.budgets.giveBack('reportsPerNetwork', '10.77.0.1', 60);
  const { body: made } = await world.client().post(`/api/events/${event.id}/reports`, body, from);
  const [row] = await world.app.db.query<{ id: string }>('select case_id as id from reports where id = $1', [
    made.id,
  ]);
  return { params: { reportCaseId: row?.id ?? '' } };
}

async function removed({ world, cast }: Stage) {
  const { params } = await published({ world, cast });
  const { client } = cast.people.admin;
  await client.post(`/api/admin/events/${params.eventId}/removal`, { ...because, refund: 'none' });
  return { params };
}

/** A decision of another admin than the cast's, with what its team needs to read it. */
async function suspended({ world }: Stage) {
  const organiser: Organiser = await world.organiser();
  const { client } = await world.admin();
  const path = `/api/admin/organisations/${organiser.organisationId}/suspension`;
  const { body } = await client.post(path, because);
  const decisionId = body.id as DecisionId;
  const secret = world.app.moderationLinks.pathOf(decisionId, null).split('#')[1];
  return { params: { organisationId: organiser.organisationId, decisionId }, body: { secret } };
}

async function appealed(stage: Stage) {
  const { params, body } = await suspended(stage);
  const text = 'Here is the contract.';
  await stage.world.client().post(`/api/decisions/${params.decisionId}/appeals`, { ...body, text });
  const [row] = await stage.world.app.db.query<{ id: string }>(
    'select id from moderation_appeals where decision_id = $1',
    [params.decisionId],
  );
  return { params: { appealId: row?.id ?? '' } };
}

const house = async ({ world }: Stage) => ({
  params: { organisationId: (await world.organiser()).organisationId },
});

/** For possible.ts: what the operations about reports and decisions need. */
export const moderationPreparations = {
  dismissReports: reported,
  removeEvent: async (stage: Stage) => ({
    ...(await published(stage)),
    body: { ...because, refund: 'none' },
  }),
  restoreEvent: removed,
  suspendOrganisation: house,
  holdPayouts: house,
  verifyOrganisation: house,
  endUserSessions: async ({ world }: Stage) => ({ params: { userId: (await world.user()).userId } }),
  releasePayouts: async (stage: Stage) => {
    const { params } = await house(stage);
    const path = `/api/admin/organisations/${params.organisationId}/payout-hold`;
    await stage.cast.people.admin.client.put(path, { reason: 'A test' });
    return { params };
  },
  liftSuspension: async (stage: Stage) => ({ params: (await suspended(stage)).params }),
  readDecision: (stage: Stage) => suspended(stage),
  appealDecision: async (stage: Stage) => {
    const { params, body } = await suspended(stage);
    return { params, body: { ...body, text: 'Here is the contract.' } };
  },
  answerAppeal: appealed,
};
