import { generate } from 'selfsigned';

/** A certificate and its key, PEM. */
export interface KeyPair {
  cert: string;
  key: string;
}

interface Wanted {
  name: string;
  /** Who signs; the certificate signs itself when nobody does. */
  issuer?: KeyPair;
  isAuthority?: boolean;
  notBefore?: Date;
  notAfter?: Date;
}

const DAY_MS = 86_400_000;

/** A certificate for `name`, and for 127.0.0.1 when the name is localhost. */
export async function createCertificate({ name, issuer, isAuthority, notBefore, notAfter }: Wanted): Promise<KeyPair> {
  const pem = await generate([{ name: 'commonName', value: name }], {
    keyType: 'ec',
    algorithm: 'sha256',
    notBeforeDate: notBefore ?? new Date(Date.now() - DAY_MS),
    notAfterDate: notAfter ?? new Date(Date.now() + DAY_MS),
    ca: issuer ? { key: issuer.key, cert: issuer.cert } : undefined,
    extensions: [
      { name: 'basicConstraints', cA: isAuthority === true },
      { name: 'keyUsage', digitalSignature: true, keyCertSign: isAuthority === true },
      { name: 'subjectAltName', altNames: [{ type: 2, value: name }, ...(name === 'localhost' ? [LOOPBACK] : [])] },
    ],
  });
  return { cert: pem.cert, key: pem.private };
}

/** A certificate that ran out yesterday. */
export function createExpiredCertificate(name: string, issuer: KeyPair): Promise<KeyPair> {
  const now = Date.now();
  return createCertificate({ name, issuer, notBefore: new Date(now - 3 * DAY_MS), notAfter: new Date(now - DAY_MS) });
}

const LOOPBACK = { type: 7, ip: '127.0.0.1' } as const;
