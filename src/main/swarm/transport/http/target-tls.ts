import { constants } from 'node:crypto';
import { createSecureContext, type SecureContext } from 'node:tls';
import type { HttpClientOptions } from './http-client';

/**
 * What all TLS connections of a client share. A server of TLS 1.2 that asks to renegotiate is told no (the alert `no_renegotiation`, RFC 5246,
 * section 7.2.2): each time costs both sides a handshake, and devices do not follow it either. Throws when a PEM text cannot be used.
 */
export function createTargetContext({ ca, cert, key }: HttpClientOptions['tls']): SecureContext {
  return createSecureContext({
    ca: ca ?? undefined,
    cert: cert ?? undefined,
    key: key ?? undefined,
    secureOptions: constants.SSL_OP_NO_RENEGOTIATION,
  });
}
