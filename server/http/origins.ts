import type { IncomingHttpHeaders } from 'node:http';
import type { App } from '../app.ts';

/** Whose page sent a request: no page (a program), our own, one that CORS_ORIGINS lists, or another site's. */
type PageOrigin = 'none' | 'own' | 'listed' | 'foreign';

export function pageOriginOf({ config }: Pick<App, 'config'>, headers: IncomingHttpHeaders): PageOrigin {
  const { origin } = headers;
  if (origin === undefined) return 'none';
  if (origin === new URL(config.publicUrl).origin) return 'own';
  // In development the page may be opened under any name of this machine.
  if (config.env !== 'production' && origin.endsWith(`//${headers.host}`)) return 'own';
  return config.corsOrigins.includes(origin) ? 'listed' : 'foreign';
}

/** Reads CORS_ORIGINS: origins exactly as browsers send them, separated by commas. */
export function readOrigins(setting: string): string[] {
  const origins = setting.split(',').map((part) => part.trim());
  for (const origin of origins) {
    const url = URL.canParse(origin) ? new URL(origin) : null;
    const isExact =
      url !== null && /^https?:$/.test(url.protocol) && url.origin === origin && !origin.includes('*');
    if (!isExact) throw new Error(`"${origin}" is no origin; ${adviceFor(origin, url)}`);
  }
  return origins;
}

function adviceFor(origin: string, url: URL | null): string {
  if (origin.includes('*')) return 'name each origin, because * would let every site call the API';
  const isWeb = url !== null && /^https?:$/.test(url.protocol);
  return isWeb ? `write "${url.origin}"` : 'write it as https://shop.example.com, without a path';
}
