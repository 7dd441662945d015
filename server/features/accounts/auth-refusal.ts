import { type ErrorCode, Refused } from '../../../contract/errors.ts';

/** Maps better-auth's codes to ours. Other codes are mapped by their status. */
const codes: Record<string, ErrorCode> = {
  INVALID_EMAIL_OR_PASSWORD: 'invalid_credentials',
  INVALID_PASSWORD: 'wrong_password',
  // A guest has no password to change.
  CREDENTIAL_ACCOUNT_NOT_FOUND: 'forbidden',
  USER_ALREADY_EXISTS: 'email_taken',
  USER_ALREADY_EXISTS_USE_ANOTHER_EMAIL: 'email_taken',
  // Two sign-ups with one address at the same instant: the second violates the unique address.
  FAILED_TO_CREATE_USER: 'email_taken',
  EMAIL_ALREADY_VERIFIED: 'email_already_verified',
  INVALID_TOKEN: 'token_invalid',
  TOKEN_EXPIRED: 'token_invalid',
  USER_NOT_FOUND: 'token_invalid',
  ANONYMOUS_USERS_CANNOT_SIGN_IN_AGAIN_ANONYMOUSLY: 'already_guest',
  SUSPENDED: 'suspended',
  SESSION_NOT_FRESH: 'sign_in_again',
  INVALID_CODE: 'code_wrong',
  INVALID_BACKUP_CODE: 'code_wrong',
  INVALID_TWO_FACTOR_COOKIE: 'second_step_over',
  TOO_MANY_ATTEMPTS_REQUEST_NEW_CODE: 'second_step_over',
  ACCOUNT_TEMPORARILY_LOCKED: 'rate_limited',
  TOTP_ALREADY_ENABLED: 'two_factor_on',
  TOTP_NOT_ENABLED: 'two_factor_off',
  TWO_FACTOR_NOT_ENABLED: 'two_factor_off',
  BACKUP_CODES_NOT_ENABLED: 'two_factor_off',
  CHALLENGE_NOT_FOUND: 'second_step_over',
  PASSKEY_NOT_FOUND: 'passkey_refused',
  AUTHENTICATION_FAILED: 'passkey_refused',
  FAILED_TO_VERIFY_REGISTRATION: 'passkey_refused',
  YOU_ARE_NOT_ALLOWED_TO_REGISTER_THIS_PASSKEY: 'passkey_refused',
  INVALID_ORIGIN: 'origin_not_allowed',
  MISSING_OR_NULL_ORIGIN: 'origin_not_allowed',
  CROSS_SITE_NAVIGATION_LOGIN_BLOCKED: 'origin_not_allowed',
};

const codesOfStatus: Record<number, ErrorCode> = {
  401: 'unauthenticated',
  403: 'forbidden',
  404: 'not_found',
  // Two backup codes were used at the same instant. better-auth accepts one and has no code for the other.
  409: 'code_wrong',
  413: 'payload_too_large',
  415: 'unsupported_media_type',
  429: 'rate_limited',
};

/** How long ten wrong codes in a row lock the second step. It is better-auth's own time, which it does not report. */
const lockSeconds = 900;

/** Turns better-auth's refusal into one of ours. */
export function refusalOf(
  status: number,
  body: { code?: string; message?: string },
  retryAfterSeconds: number,
): Refused {
  const code =
    codes[body.code ?? ''] ?? codesOfStatus[status] ?? (status < 500 ? 'invalid_request' : 'internal');
  if (body.code === 'ACCOUNT_TEMPORARILY_LOCKED')
    return new Refused(code, {
      retryAfterSeconds: lockSeconds,
      detail: 'Too many wrong codes. Wait a quarter of an hour.',
    });
  if (code === 'rate_limited') return new Refused(code, { retryAfterSeconds });
  // Only a refusal without a code of ours needs better-auth's words. Internal errors reveal nothing.
  return code === 'invalid_request' && body.message
    ? new Refused(code, { detail: body.message })
    : new Refused(code);
}
