import type { QueryClient } from '@tanstack/react-query';
import type { RequestOf } from '../../../../client/endpoint.ts';
import {
  addPasskey,
  askForPasskey,
  offerPasskey,
  signInPasskey,
} from '../../../../client/endpoints.generated.ts';
import { call } from '../../api/call.ts';
import { entered } from '../../api/session.ts';

/**
 * Browsers before 2025 can't parse a server's request for a passkey, and pages without https may not use passkeys.
 */
export const knowsPasskeys = (): boolean =>
  typeof PublicKeyCredential === 'function' &&
  typeof PublicKeyCredential.parseCreationOptionsFromJSON === 'function';

type Made = RequestOf<typeof addPasskey>['body']['response'];

/** Creates a passkey on the device. `turnedAway`: the person refused. `known`: the device already has one. */
export async function makePasskey(name: string | undefined): Promise<'added' | 'turnedAway' | 'known'> {
  const offered = (await call(offerPasskey)) as unknown as PublicKeyCredentialCreationOptionsJSON;
  const publicKey = PublicKeyCredential.parseCreationOptionsFromJSON(offered);
  const made = await asked(() => navigator.credentials.create({ publicKey }));
  if (typeof made === 'string') return made;
  await call(addPasskey, { body: { response: made, ...(name && { name }) } });
  return 'added';
}

/** Signs in with a passkey of the device. False if the person refused. */
export async function enterWithPasskey(client: QueryClient): Promise<boolean> {
  const request = (await call(askForPasskey)) as unknown as PublicKeyCredentialRequestOptionsJSON;
  const publicKey = PublicKeyCredential.parseRequestOptionsFromJSON({
    ...request,
    userVerification: 'required',
  });
  const given = await asked(() => navigator.credentials.get({ publicKey }));
  if (typeof given === 'string') return false;
  await call(signInPasskey, { body: { response: given } });
  await entered(client);
  return true;
}

/** The device's answer as JSON. A refusal or a timeout is no error, because nothing has happened. */
async function asked(ask: () => Promise<Credential | null>): Promise<Made | 'turnedAway' | 'known'> {
  try {
    const credential = (await ask()) as PublicKeyCredential | null;
    return credential ? (credential.toJSON() as Made) : 'turnedAway';
  } catch (error) {
    if (!(error instanceof DOMException)) throw error;
    if (error.name === 'InvalidStateError') return 'known';
    if (error.name === 'NotAllowedError' || error.name === 'AbortError') return 'turnedAway';
    throw error;
  }
}
