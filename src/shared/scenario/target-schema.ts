import { z } from 'zod';
import { lineTemplate, MAX_TIMEOUT_MS } from './schema-values';

const timeoutMs = z.number().positive().max(MAX_TIMEOUT_MS);
const atLeastOne = z.number().int().positive();

export const authSchema = z
  .discriminatedUnion('kind', [
    z
      .strictObject({
        kind: z.literal('basic'),
        username: lineTemplate.describe('User name; placeholders work.'),
        password: lineTemplate.describe('Password; best written as {{secret.NAME}}.'),
      })
      .describe('HTTP basic authentication.'),
    z
      .strictObject({ kind: z.literal('bearer'), token: lineTemplate.describe('Token; best written as {{secret.NAME}}.') })
      .describe('A bearer token.'),
  ])
  .meta({ id: 'auth', title: 'Authentication', description: 'The authorization header of every request.' });

export const tlsSchema = z
  .strictObject({
    caFile: z
      .string()
      .min(1)
      .optional()
      .describe("PEM file of the authorities to trust instead of the system's, relative to the scenario's folder."),
    certFile: z.string().min(1).optional().describe('PEM file of the client certificate; needs `keyFile`.'),
    keyFile: z.string().min(1).optional().describe('PEM file of its private key; needs `certFile`.'),
    insecure: z.boolean().default(false).describe('Accept any certificate.'),
    serverName: z.string().min(1).optional().describe('Name sent and checked instead of the host of `baseUrl`.'),
  })
  .meta({ id: 'tls', title: 'TLS', description: 'How https connections are made.' });

export const targetSchema = z
  .strictObject({
    baseUrl: z.string().max(2000).meta({
      description: 'Address of the backend: http:// or https://, host, port, and a path that all requests begin with.',
      pattern: '^https?://',
    }),
    http: z
      .enum(['auto', '1.1', '2'])
      .default('auto')
      .describe('HTTP version. `auto` is HTTP/1.1 with the fast client; `2` needs https and uses the other client.'),
    proxy: z.string().max(2000).optional().meta({ description: 'Proxy, such as http://proxy:3128.', pattern: '^https?://' }),
    headers: z
      .record(z.string(), lineTemplate)
      .default({})
      .describe('Headers of every request by name. Placeholders: secrets, generators, node.index, node.type.'),
    auth: authSchema.optional(),
    tls: tlsSchema.prefault({}),
    connection: z
      .enum(['per-node', 'shared'])
      .default('per-node')
      .describe('A connection of its own for each node, or a pool of `poolSize` for the run.'),
    poolSize: atLeastOne.default(64).describe('Connections of the pool, divided among the shards.'),
    keepAlive: z.boolean().default(true).describe('Keep connections open between requests; false: a new one for each request.'),
    cookies: z.boolean().default(false).describe('Each node keeps the cookies it is given and sends them back.'),
    timeoutMs: timeoutMs.default(60_000).describe('Longest time to wait for a response once connected, in milliseconds.'),
    connectTimeoutMs: timeoutMs.default(10_000).describe('Longest time to connect, TLS included, in milliseconds.'),
    localAddresses: z
      .array(z.string().min(1))
      .default([])
      .describe('Source addresses to spread connections over; each gives some 28,000 ports.'),
    maxHeaderBytes: atLeastOne.default(65_536).describe('Longest response head that is accepted, in bytes.'),
    maxBodyBytes: atLeastOne.default(104_857_600).describe('Longest response body that is accepted, in bytes.'),
  })
  .meta({ id: 'target', title: 'Target', description: 'The backend, and how it is reached.' });
export type Target = z.infer<typeof targetSchema>;
