/**
 * The header that signs a caller without a session in as a guest, and the form of a guest key: 22 characters are 132 bits.
 * It is apart from the schemas, because pages need it and load no schemas.
 */
export const guestKeyHeader = 'admit-guest-key';
export const guestKeyPattern = /^[\w-]{22,64}$/;
