import { Exchange } from '../transport';
import type { ErrorName } from './error-names';
import type { RequestBytes } from './request-bytes';
import type { ResponseContent } from './response-content';

/** Where a connection goes. Two requests may share a connection exactly when they have the same origin object or equal fields. */
export interface Origin {
  secure: boolean;
  hostname: string;
  port: number;
}

/** One HTTP request, rendered and ready for the socket, and its response. */
export class HttpExchange extends Exchange {
  origin: Origin = { secure: false, hostname: '', port: 0 };
  method = 'GET';
  /** Request target as sent, in origin form: `/data?x=1`. ASCII only. */
  path = '/';
  /** All header lines but `content-length`, each ended by CRLF: `host: h\r\naccept: *\/*\r\n`. Latin-1. */
  headerLines = '';
  /** Request line and header lines as they are sent over HTTP/1.1, where they never change from request to request; else null. */
  constantStart: string | null = null;
  /**
   * The body as a binary string: one character (0 to 255) is one byte, so it can be written as latin1. null: no body and no
   * content-length header (an empty string sends `content-length: 0`).
   */
  body: string | null = null;
  /**
   * The whole request as it goes over HTTP/1.1. Where it is there, `path`, `headerLines`, `constantStart` and `body` say nothing: only the wire client
   * is given such exchanges, and nobody looks into them on the way.
   */
  bytes: RequestBytes | null = null;
  /** From `sentUs` on, without connect; the exchange then fails with `ResponseTimeout`. us */
  timeoutUs = 0;
  /** Keep the whole response head and body. Otherwise only what a failure sample needs is kept, when the status is unexpected. */
  capture = false;
  /** Whether a status is as expected: decides if head and first 4 KB of the body are kept for a sample. */
  expectsStatus: (status: number) => boolean = isSuccessOrRedirect;

  /** Redirects that may be followed; 0: a redirect is an answer like any other. */
  maxRedirects = 0;

  declare error: ErrorName | null;

  /** 0 when no answer came. */
  status = 0;
  /** Status line and headers as received, latin1, without the empty line; '' when not kept. */
  responseHead = '';
  /** Body after de-chunking, before decompression, at most `maxBodyBytes`; null when not kept. */
  responseBody: Buffer | null = null;
  /** The captured answer, read; null until an expectation or an extraction asks for it. */
  content: ResponseContent | null = null;

  override reset(): void {
    super.reset();
    this.status = 0;
    this.releaseAnswer();
  }

  override release(): void {
    this.path = '/';
    this.headerLines = '';
    this.constantStart = null;
    this.body = null;
    this.releaseBytes();
    this.releaseAnswer();
  }

  /** The request is to be put together from its texts. */
  releaseBytes(): void {
    this.bytes?.giveBack();
    this.bytes = null;
  }

  private releaseAnswer(): void {
    this.responseHead = '';
    this.responseBody = null;
    this.content = null;
  }
}

/** The statuses expected unless a request says otherwise: 2xx and 3xx. */
export function isSuccessOrRedirect(status: number): boolean {
  return status >= 200 && status < 400;
}

/** Bytes of a body kept in a failure sample. */
export const SAMPLE_BODY_BYTES = 4096;
