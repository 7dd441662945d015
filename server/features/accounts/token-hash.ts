import { hash } from 'node:crypto';

/**
 * The hash that the database stores instead of a session's or link's token. A token is random and long, so it needs
 * neither salt nor a slow hash. Migration 0012 computes the same hash in SQL.
 */
export const tokenHash = (token: string): string => hash('sha256', token, 'base64url');
