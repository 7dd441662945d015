/** Refusals of API keys and webhooks. Part of `errorTable` (errors.ts). */
export const integrationErrors = {
  invalid_api_key: {
    status: 401,
    retryable: false,
    title: 'This API key does not exist or was revoked. Make a new one.',
  },
  api_key_expired: {
    status: 401,
    retryable: false,
    title: 'This API key, or its old secret, has expired. Use the new one.',
  },
  missing_scope: {
    status: 403,
    retryable: false,
    title: 'This API key lacks the scope for this. Make a key with the scope.',
  },
  too_many_api_keys: {
    status: 409,
    retryable: false,
    title: 'This organisation has 50 API keys. Revoke one first.',
  },
  api_key_ended: {
    status: 409,
    retryable: false,
    title: 'This API key has expired or was revoked. Make a new one.',
  },
  api_key_of_another: {
    status: 403,
    retryable: false,
    title: 'Only the person who made this API key can give it another secret.',
  },
  webhook_url_refused: {
    status: 422,
    retryable: false,
    title: 'Webhooks are not sent to this address. Give an https address in the public internet.',
  },
  too_many_webhook_endpoints: {
    status: 409,
    retryable: false,
    title: 'This organisation has 20 webhook endpoints. Delete one first.',
  },
  webhook_endpoint_disabled: {
    status: 409,
    retryable: false,
    title: 'This endpoint is off. Switch it on first.',
  },
} as const satisfies Record<string, { status: number; retryable: boolean; title: string }>;
