/**
 * The header by which somebody without a session is signed in as a guest, and what a guest key looks like: 22 characters
 * are 132 bits. In a file of its own, because pages need it and need no schemas.
 */
export const guestKeyHeader = 'admit-guest-key';
export const guestKeyPattern = /^[\w-]{22,64}$/;
