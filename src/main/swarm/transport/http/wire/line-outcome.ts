/** What reading a line comes to instead of the position after it: the rest of the line has not come yet. */
export const INCOMPLETE = -1;
/** What reading a line comes to instead of the position after it: no line that HTTP allows begins like this. */
export const MALFORMED = -2;

/** Why an answer is malformed: the fixed set behind `MalformedResponse: <why>`. */
export const WHY = {
  statusLine: 'invalid status line',
  field: 'invalid header field',
  contentLength: 'invalid content-length',
  contentLengthTwice: 'content-length given twice',
  framing: 'content-length with transfer-encoding',
  headTooLarge: 'head too large',
  bodyTooLarge: 'body too large',
  chunkSize: 'invalid chunk size',
  chunkEnd: 'chunk longer than its size',
  interim: 'too many interim answers',
  interimClose: 'interim answer closes the connection',
  upgrade: 'unexpected protocol upgrade',
} as const;
export type Why = (typeof WHY)[keyof typeof WHY];
