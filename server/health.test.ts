import { describe, expect, test } from 'vitest';
import { readConfig } from './config.ts';
import { createClient } from './testing/client.ts';
import { createWorld, type World } from './testing/world.ts';
import { warningsOf } from './warnings.ts';

const production = {
  NODE_ENV: 'production',
  // The caller is no browser, so any address will do.
  PUBLIC_URL: 'http://tickets.example',
  SESSION_SECRET: 'x'.repeat(40),
  TICKET_SIGNING_KEY: 'made by the world',
  SANDBOX_WEBHOOK_SECRET: 'whsec_0123456789abcdef',
};

async function withServer(env: Record<string, string>, work: (world: World) => Promise<void>): Promise<void> {
  const world = await createWorld(env);
  try {
    await work({ ...world, client: () => createClient(world.app.config.listenUrl) });
  } finally {
    await world.close();
  }
}

describe('/metrics', () => {
  const token = 'a-token-for-prometheus';
  const ask = (world: World, authorization?: string) =>
    world.client().get('/metrics', authorization === undefined ? {} : { authorization });

  test('is not there in production as long as nobody has asked for it', () =>
    withServer(production, async (world) => {
      expect(await ask(world)).toMatchObject({ status: 404, body: { code: 'not_found' } });
      expect(await ask(world, 'Bearer ')).toMatchObject({ status: 404 });
    }));

  test('wants the token, and says so as a problem', () =>
    withServer({ ...production, METRICS_TOKEN: token }, async (world) => {
      for (const wrong of [
        undefined,
        '',
        'Bearer ',
        `Bearer ${token}x`,
        `Bearer ${token.slice(1)}`,
        token,
        'Basic YTpi',
      ])
        expect(await ask(world, wrong), wrong).toMatchObject({
          status: 401,
          body: { code: 'unauthenticated' },
        });
      const answer = await ask(world, `Bearer ${token}`);
      expect(answer.status).toBe(200);
      expect(answer.body).toContain('admit_http_requests_total');
    }));

  test('a token that can be guessed stops the start', () => {
    expect(() => readConfig({ METRICS_TOKEN: 'short' })).toThrow(/METRICS_TOKEN/);
  });
});

describe('what an operator has most likely forgotten', () => {
  const codes = (env: Record<string, string>) => warningsOf(readConfig(env)).map(({ code }) => code);

  test('is said of production only', () => {
    expect(codes({})).toEqual([]);
    expect(codes(production)).toEqual(['payments_are_sandbox', 'mail_is_not_sent']);
    expect(codes({ ...production, SMTP_URL: 'smtp://localhost' })).toEqual(['payments_are_sandbox']);
    const stripe = {
      PAYMENTS: 'stripe',
      STRIPE_SECRET_KEY: 'sk',
      STRIPE_PUBLISHABLE_KEY: 'pk',
      STRIPE_WEBHOOK_SECRET: 'wh',
    };
    expect(codes({ ...production, ...stripe, SMTP_URL: 'smtp://localhost' })).toEqual([]);
  });

  test('is said by /health/ready, which stays ready', () =>
    withServer(production, async (world) => {
      expect(await world.client().get('/health/ready')).toMatchObject({
        status: 200,
        body: { status: 'ok', warnings: ['payments_are_sandbox', 'mail_is_not_sent'] },
      });
    }));
});

describe('security.txt', () => {
  test('names whom to tell, and does not outlive its word (RFC 9116)', () =>
    withServer({ SECURITY_CONTACT: 'mailto:security@tickets.example' }, async (world) => {
      const { status, body, headers } = await world.client().get('/.well-known/security.txt');
      expect(status).toBe(200);
      expect(headers.get('content-type')).toBe('text/plain; charset=utf-8');
      const fields = new Map(
        (body as string)
          .trimEnd()
          .split('\n')
          .map((line) => line.split(': ') as [string, string]),
      );
      expect(fields.get('Contact')).toBe('mailto:security@tickets.example');
      expect(fields.get('Canonical')).toBe(`${world.app.config.publicUrl}/.well-known/security.txt`);
      const daysLeft =
        (new Date(fields.get('Expires') ?? '').getTime() - world.clock.now().getTime()) / 86_400_000;
      expect(daysLeft).toBeGreaterThan(30);
      expect(daysLeft).toBeLessThan(365);
    }));

  test('is not there without a contact', () =>
    withServer({}, async (world) => {
      expect((await world.client().get('/.well-known/security.txt')).status).toBe(404);
      expect(() => readConfig({ SECURITY_CONTACT: 'security@tickets.example' })).toThrow(/SECURITY_CONTACT/);
    }));
});
