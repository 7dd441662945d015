import { createHash, type KeyObject, sign, type X509Certificate } from 'node:crypto';
import { der, nothing, objectId, octets, readValues, sequence, setOf, smallInteger, time } from './der.ts';

const ids = {
  data: objectId('1.2.840.113549.1.7.1'),
  signedData: objectId('1.2.840.113549.1.7.2'),
  contentType: objectId('1.2.840.113549.1.9.3'),
  messageDigest: objectId('1.2.840.113549.1.9.4'),
  signingTime: objectId('1.2.840.113549.1.9.5'),
  sha256: objectId('2.16.840.1.101.3.4.2.1'),
  rsa: objectId('1.2.840.113549.1.1.1'),
};
const digestAlgorithm = sequence(ids.sha256, nothing);

/**
 * Signs a text: a detached signature of CMS (RFC 5652), in DER, with the time of the signature, as Apple Wallet asks for. It has
 * the certificate of the signer and that of its issuer. `openssl smime -verify` reads it. node-forge, which the packages for passes
 * use, computes RSA in JavaScript and takes fifty times as long (docs/wallet-passes.md).
 */
export function signDetached(
  content: Uint8Array,
  signer: { certificate: X509Certificate; issuer: X509Certificate; key: KeyObject },
  at: Date,
): Buffer {
  const attributes = setOf(
    sequence(ids.contentType, setOf(ids.data)),
    sequence(ids.signingTime, setOf(time(at))),
    sequence(ids.messageDigest, setOf(octets(createHash('sha256').update(content).digest()))),
  );
  const signerInfo = sequence(
    smallInteger(1),
    issuerAndSerial(signer.certificate),
    digestAlgorithm,
    // The signature covers the attributes as a set; in the message they have a tag of their own.
    Buffer.concat([Buffer.of(0xa0), attributes.subarray(1)]),
    sequence(ids.rsa, nothing),
    octets(sign('sha256', attributes, signer.key)),
  );
  const signedData = sequence(
    smallInteger(1),
    setOf(digestAlgorithm),
    sequence(ids.data),
    der(0xa0, signer.certificate.raw, signer.issuer.raw),
    setOf(signerInfo),
  );
  return sequence(ids.signedData, der(0xa0, signedData));
}

/** By these a signature names the certificate of its signer: the third and the first or second value of what is signed in it. */
function issuerAndSerial(certificate: X509Certificate): Buffer {
  const [whole] = readValues(certificate.raw);
  const [signed] = readValues(whole?.content ?? Buffer.alloc(0));
  // A version stands in front, with a tag of its own, except in certificates of version 1.
  const values = readValues(signed?.content ?? Buffer.alloc(0)).filter(({ tag }) => tag !== 0xa0);
  const [serial, , issuer] = values;
  if (serial?.tag !== 0x02 || issuer?.tag !== 0x30)
    throw new Error('the certificate has no issuer and serial');
  return sequence(issuer.whole, serial.whole);
}
