import type { FastifyInstance } from 'fastify';
import type { App } from '../app.ts';

/** How long clients may trust a copy of the file; RFC 9116 asks for less than a year. */
const validMs = 180 * 86_400_000;

/**
 * Serves `/.well-known/security.txt` (RFC 9116): where to report a vulnerability. Without SECURITY_CONTACT there is
 * no file, because a file without a contact is not valid.
 */
export function wellKnownRoutes(http: FastifyInstance, app: App): void {
  const { securityContact, publicUrl } = app.config;
  if (!securityContact) return;
  const path = '/.well-known/security.txt';
  http.get(path, (_request, reply) => {
    const now = app.clock.now().getTime();
    // Rounded to the day, so that everybody who asks on one day gets the same file.
    const expires = new Date(Math.floor((now + validMs) / 86_400_000) * 86_400_000).toISOString();
    const fields = [
      `Contact: ${securityContact}`,
      `Expires: ${expires}`,
      'Preferred-Languages: en, de, es, fr, ar',
      `Canonical: ${publicUrl}${path}`,
    ];
    return reply
      .header('cache-control', 'public, max-age=3600')
      .type('text/plain; charset=utf-8')
      .send(`${fields.join('\n')}\n`);
  });
}
