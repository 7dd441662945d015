import { expect, test } from 'vitest';
import { operations } from '../../../contract/operations.ts';
import { codeOf } from '../../testing/authenticator-app.ts';
import { createWorld, testPassword } from '../../testing/world.ts';

test('where a second step is demanded, an admin without it can read and do nothing as an admin', async () => {
  const world = await createWorld({ ADMIN_TWO_FACTOR: 'true' });
  try {
    const admin = await world.admin();
    const { client } = admin;
    const lists = operations.filter((op) => op.access === 'admin' && op.method === 'GET' && !op.params);
    expect(lists.length).toBeGreaterThan(8);
    for (const { path } of lists)
      expect((await client.get(path)).body.code, path).toBe('two_factor_required');
    const user = await world.user();
    const suspend = () =>
      client.post(`/api/admin/users/${user.userId}/suspension`, { reason: 'Resells tickets' });
    expect((await suspend()).body.code).toBe('two_factor_required');
    expect((await user.client.get('/api/me')).status).toBe(200);
    // Their own account is open to them, and has the switch.
    const begun = await client.post('/api/auth/two-factor/enable', { password: testPassword });
    expect(begun.status, JSON.stringify(begun.body)).toBe(200);
    const code = codeOf(begun.body.totpURI);
    expect((await client.post('/api/auth/two-factor/verify-totp', { code })).status).toBe(200);
    expect((await suspend()).status).toBe(200);
    expect((await client.get('/api/admin/users')).status).toBe(200);
  } finally {
    await world.close();
  }
});
