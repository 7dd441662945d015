/** Addresses of the server that are no operation of the contract, and the roots below which operations are. */
export const apiRoot = '/api/';
/** Below it better-auth answers (contract/auth.ts, credentials.ts). */
export const authRoot = '/api/auth/';
/** The description of the API, for programs and for people. */
export const openapiPath = '/api/openapi.json';
export const docsPath = '/api/docs';
/** Where live connections are opened: Socket.IO. */
export const livePath = '/socket.io/';
