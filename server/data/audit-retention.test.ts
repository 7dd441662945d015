import { expect, test } from 'vitest';
import { createWorld } from '../testing/world.ts';
import { forgetOld } from '../work/forget-old.ts';
import { keptDays } from '../work/retention.ts';

test('the nightly job erases origins of acts, and years later the entries', async () => {
  const world = await createWorld();
  try {
    const { client, organisationId } = await world.organiser();
    const path = `/api/organisations/${organisationId}/invitations`;
    expect((await client.post(path, { email: 'new@example.com', role: 'door' })).status).toBe(201);
    const read = () =>
      world.app.db.query<{ network: string | null; after: unknown }>(
        `select network, after from audit_log where act = 'invitation.sent'`,
      );
    const [written] = await read();
    expect(written?.network).toEqual(expect.any(String));

    world.clock.advance((keptDays.auditOrigins - 1) * 86_400_000);
    await forgetOld(world.app);
    expect(await read()).toEqual([written]);
    world.clock.advance(2 * 86_400_000);
    await forgetOld(world.app);
    expect(await read()).toEqual([{ ...written, network: null }]);
    world.clock.advance((keptDays.auditLog - keptDays.auditOrigins) * 86_400_000);
    await forgetOld(world.app);
    expect(await read()).toEqual([]);
  } finally {
    await world.close();
  }
});
