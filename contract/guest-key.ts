/**
 * The header that signs a caller without a session in as a guest, and the form of a guest key: 22 characters are 132 bits.
 * It is apart from the schemas, because pages need it and load no schemas.
 */
export const guestKeyHeader = 'admit-guest-key';
/**
 * With this header, set to `wanted`, the answer to a guest key has the session's token in a header of the same name, and sets no
 * cookie. A frame on another site needs it, because browsers keep no cookie for it (docs/widget.md).
 */
export const guestTokenHeader = 'admit-guest-token';
export const guestKeyPattern = /^[\w-]{22,64}$/;
