/** Why an answer is malformed: the fixed set behind `MalformedResponse: <why>`. */
export const WHY = {
  statusLine: 'invalid status line',
  field: 'invalid header field',
  contentLength: 'invalid content-length',
  contentLengthTwice: 'content-length given twice',
  framing: 'content-length with transfer-encoding',
  headTooLarge: 'head too large',
  bodyTooLarge: 'body too large',
  bodyLength: 'body length differs from content-length',
  chunkSize: 'invalid chunk size',
  chunkEnd: 'chunk longer than its size',
  interim: 'too many interim answers',
  interimClose: 'interim answer closes the connection',
  upgrade: 'unexpected protocol upgrade',
  location: 'bad location',
  coding: 'content encoding',
  /** Whatever undici's parser or HTTP/2's finds: they do not tell more in a way that could be relied on. */
  answer: 'invalid answer',
} as const;
export type Why = (typeof WHY)[keyof typeof WHY];

/** Interim (1xx) answers accepted before the final one. */
export const MAX_INTERIM = 32;
