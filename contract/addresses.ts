/** Addresses of the server that are not operations of the contract, and the roots of the operations. */
export const apiRoot = '/api/';
/** better-auth answers below this root (contract/auth.ts, credentials.ts). */
export const authRoot = '/api/auth/';
/** The description of the API, for programs and for people. */
export const openapiPath = '/api/openapi.json';
/** The description of the topics in Kafka (AsyncAPI). */
export const streamsPath = '/api/streams.json';
export const docsPath = '/api/docs';
/** Socket.IO accepts live connections here. */
export const livePath = '/socket.io/';
