import type { VerifySignature } from '../../../../../contract/door-manifest.ts';

type Bytes = Uint8Array<ArrayBuffer>;

/**
 * Checks Ed25519 signatures: with WebCrypto where the browser's has the algorithm, and else with the program that comes with
 * the page. Browsers have it since 2025; no browser has WebCrypto on a page over plain HTTP, as in a local network.
 */
export function createVerifier(
  subtle: SubtleCrypto | undefined = globalThis.crypto?.subtle,
): VerifySignature {
  const imported = new Map<string, Promise<CryptoKey>>();
  let shipped: Promise<VerifySignature> | null = null;
  const keyOf = (own: SubtleCrypto, publicKey: Bytes) => {
    const name = publicKey.join();
    const known = imported.get(name) ?? own.importKey('raw', publicKey, 'Ed25519', false, ['verify']);
    imported.set(name, known);
    return known;
  };
  return async (publicKey, message, signature) => {
    if (subtle && !shipped) {
      try {
        return await subtle.verify('Ed25519', await keyOf(subtle, publicKey), signature, message);
      } catch {
        // The browser does not know the algorithm, or the key is no key: then the shipped program refuses it too.
      }
    }
    shipped ??= loadShipped();
    return (await shipped)(publicKey, message, signature);
  };
}

async function loadShipped(): Promise<VerifySignature> {
  const [{ hashes, verify }, { sha512 }] = await Promise.all([
    import('@noble/ed25519'),
    import('@noble/hashes/sha2.js'),
  ]);
  hashes.sha512 = sha512;
  return async (publicKey, message, signature) => {
    try {
      return verify(signature, message, publicKey);
    } catch {
      return false;
    }
  };
}
