import { hash } from 'node:crypto';

/**
 * What the database keeps of a session's or link's token. A token is random and long, so it needs neither salt nor
 * a slow hash; migration 0012 hashes alike in SQL.
 */
export const tokenHash = (token: string): string => hash('sha256', token, 'base64url');
