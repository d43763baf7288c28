import { z } from 'zod';
import { scalarSchema } from './generator-schema';
import { bodyTemplate, lineTemplate, MAX_ENTRIES, MAX_TIMEOUT_MS, seconds, shownName } from './schema-values';

const contentType = z.string().optional().describe('Value of the content-type header.');

export const bodySchema = z
  .discriminatedUnion('kind', [
    z
      .strictObject({
        kind: z.literal('json'),
        text: bodyTemplate.describe('JSON with placeholders. Values go in as JSON: texts are quoted and escaped.'),
        contentType,
      })
      .describe('A JSON body (application/json).'),
    z
      .strictObject({
        kind: z.literal('text'),
        text: bodyTemplate.describe('Any text with placeholders. Values go in as they are.'),
        contentType,
      })
      .describe('A text body (text/plain; charset=utf-8).'),
    z
      .strictObject({
        kind: z.literal('form'),
        fields: z.record(z.string(), lineTemplate).describe('Field values by name; placeholders in the values.'),
      })
      .describe('A form (application/x-www-form-urlencoded).'),
    z
      .strictObject({
        kind: z.literal('base64'),
        data: z.base64().describe('The bytes, base64-encoded. Sent as they are; no placeholders.'),
        contentType,
      })
      .describe('Raw bytes (application/octet-stream).'),
  ])
  .meta({ id: 'body', title: 'Body', description: 'What the request carries.' });
export type Body = z.infer<typeof bodySchema>;

const statusForm = { error: 'a status such as 204, a class such as "2xx" or a range such as "200-299"' };
/** A status code (`204`), a class (`"2xx"`) or a range (`"200-299"`). */
export const statusExpectationSchema = z.union(
  [z.number().int().min(100).max(599), z.string().regex(/^([1-5]xx|[1-5]\d\d-[1-5]\d\d)$/, statusForm)],
  statusForm,
);

/** Longest regular expression or JSON path: what is longer is a mistake, and slow to compile. */
const expression = z.string().min(1).max(2000);

export const expectSchema = z
  .strictObject({
    status: z
      .array(statusExpectationSchema)
      .min(1)
      .optional()
      .describe('Statuses that are fine: 204, "2xx" or "200-299". 2xx and 3xx when not given.'),
    bodyContains: z.string().min(1).optional().describe('A text that the body contains.'),
    bodyJson: z
      .array(
        z.strictObject({
          path: expression.describe('JSON path (RFC 9535), such as $.status.'),
          equals: scalarSchema.describe('The value found there.'),
        }),
      )
      .optional()
      .describe('Values in a JSON body.'),
    headers: z
      .array(
        z.strictObject({
          name: z.string().min(1).describe('Name of the header; case does not matter.'),
          equals: z.string().optional().describe('Its whole value.'),
          contains: z.string().optional().describe('A part of its value.'),
        }),
      )
      .optional()
      .describe('Headers of the response; with neither `equals` nor `contains` the header only has to be there.'),
    maxLatencyMs: z.number().positive().optional().describe('Longest latency that is fine, in milliseconds.'),
  })
  .meta({ id: 'expect', title: 'Expectations', description: 'What the response must be like; else the request fails.' });
export type Expect = z.infer<typeof expectSchema>;

/** Takes a value out of the response into a variable of the node. Exactly one of `jsonPath`, `header`, `regex`. */
export const extractSchema = z
  .strictObject({
    variable: z.string().meta({
      description: 'The variable that takes the value. It needs no declaration.',
      pattern: '^[A-Za-z_][A-Za-z0-9_-]*$',
    }),
    jsonPath: expression.optional().describe('JSON path (RFC 9535) into the body; the first match counts.'),
    header: z.string().min(1).optional().describe('Name of a response header.'),
    regex: expression.optional().describe('Regular expression (RE2) that is searched for in the body.'),
    group: z
      .number()
      .int()
      .nonnegative()
      .default(1)
      .describe('Capture group of `regex` that holds the value; 0 for the whole match.'),
  })
  .meta({ id: 'extract', title: 'Extraction', description: 'Takes a value out of the response into a variable of the node.' });
export type Extract = z.infer<typeof extractSchema>;

export const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS'] as const;

export const requestSchema = z
  .strictObject({
    method: z.enum(METHODS).default('GET').describe('HTTP method.'),
    path: lineTemplate.meta({
      description: "Path with placeholders, appended to the target's base URL. Values are URL-encoded.",
      pattern: '^/',
    }),
    name: shownName
      .optional()
      .describe(
        'Name in the statistics, without placeholders; the path as written when not given. Same method and name: one row.',
      ),
    query: z
      .record(z.string(), lineTemplate)
      .default({})
      .describe('Query parameters by name; placeholders in the values. URL-encoded.'),
    headers: z.record(z.string(), lineTemplate).default({}).describe('Headers by name; placeholders in the values.'),
    body: bodySchema.optional(),
    expect: expectSchema.prefault({}),
    extract: z.array(extractSchema).max(MAX_ENTRIES).default([]).describe('Values taken out of the response.'),
    followRedirects: z
      .union([z.boolean(), z.number().int().min(0).max(50)], { error: 'true, false or a whole number from 0 to 50' })
      .default(false)
      .describe('Follow up to 10 redirects (true), or as many as the number. The chain counts as one request.'),
    timeoutMs: z
      .number()
      .positive()
      .max(MAX_TIMEOUT_MS)
      .optional()
      .describe("Longest time to wait for the response, in milliseconds; the target's when not given."),
  })
  .meta({ id: 'request', title: 'Request', description: 'One HTTP request.' });
export type RequestStep = z.infer<typeof requestSchema>;

/** Either `seconds` or `minSeconds` and `maxSeconds`. */
export const pauseSchema = z
  .strictObject({
    seconds: seconds.optional().describe('Length of the pause, in seconds.'),
    minSeconds: seconds.optional().describe('Shortest pause of a random one, in seconds.'),
    maxSeconds: seconds.optional().describe('Longest pause of a random one, in seconds.'),
  })
  .meta({ id: 'pause', title: 'Pause', description: 'Waits: either `seconds`, or between `minSeconds` and `maxSeconds`.' });
export type PauseStep = z.infer<typeof pauseSchema>;

/** Exactly one of `request` and `pause`. */
export const stepSchema = z
  .strictObject({ request: requestSchema.optional(), pause: pauseSchema.optional() })
  .meta({ id: 'step', title: 'Step', description: 'Either a `request` or a `pause`.' });
export type Step = z.infer<typeof stepSchema>;
