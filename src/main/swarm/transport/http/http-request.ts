import type { RequestStep, Target } from '../../../../shared/scenario/schema';
import type { SparePools } from '../../spare-pools';
import type { NodeTypeProgram } from '../../template/program';
import type { Scope } from '../../template/scope';
import { TaskException } from '../../template/task-exception';
import type { CompiledRequest } from '../transport';
import { malformedResponseName } from './error-names';
import { describeExchange, type ExchangeDescription } from './exchange-description';
import {
  type Check,
  checkLatency,
  compileContentChecks,
  compileStatusExpectation,
  unexpectedStatus,
  type Violation,
} from './expectation';
import { compileExtraction, type Extractor } from './extraction';
import type { HttpExchange, Origin } from './http-exchange';
import { WHY } from './malformed-why';
import { originOf } from './origin';
import { isRedirectStatus } from './redirect';
import { compileBody, type RequestBody } from './request-body';
import { RequestForm } from './request-bytes';
import { compileHeaderLines } from './request-headers';
import { compileRequestTarget } from './request-target';
import { ContentError, ResponseContent } from './response-content';
import type { SecretMask } from './secret-mask';
import type { TextSequence } from './text-sequence';

/** Redirects followed for `"followRedirects": true`. */
const DEFAULT_MAX_REDIRECTS = 10;

/** Where a request is compiled. */
export interface RequestContext {
  target: Target;
  program: NodeTypeProgram;
  /**
   * Where buffers of written requests lie ready: the client takes requests as bytes, and nobody looks into them on the way but to follow redirects. null:
   * it takes texts.
   */
  buffers: SparePools | null;
  /** Hides secrets in descriptions; learns the target's credentials. */
  mask: SecretMask;
}

/**
 * Compiles a request step for one node type. Throws an Error with one sentence for what cannot be sent or judged (a header that frames the
 * message, a wrong JSON path or regular expression).
 */
export function compileHttpRequest(step: RequestStep, context: RequestContext): CompiledRequest<HttpExchange> {
  return new HttpRequest(step, context);
}

/**
 * A compiled request. `prepare` and `judge` run for every request of every node: they make no object and no array; where texts are sent and not bytes,
 * only those that are not constant.
 */
class HttpRequest implements CompiledRequest<HttpExchange> {
  private readonly origin: Origin;
  private readonly method: string;
  private readonly path: TextSequence;
  private readonly constantPath: string | null;
  private readonly headerLines: TextSequence;
  private readonly constantHeaderLines: string | null;
  private readonly constantStart: string | null;
  private readonly body: RequestBody | null;
  private readonly constantBody: string | null;
  /** null: the exchange is given texts. */
  private readonly form: RequestForm | null;
  private readonly timeoutUs: number;
  private readonly maxRedirects: number;
  private readonly acceptsStatus: (status: number) => boolean;
  private readonly needsNoHead: (status: number) => boolean;
  private readonly maxLatencyUs: number;
  private readonly checks: Check[];
  private readonly extractions: { slot: number; extractor: Extractor }[];
  private readonly capture: boolean;

  constructor(
    private readonly step: RequestStep,
    private readonly context: RequestContext,
  ) {
    const { target, program, mask } = context;
    const baseUrl = new URL(target.baseUrl);
    this.origin = originOf(baseUrl);
    this.method = step.method;
    this.path = compileRequestTarget(step, baseUrl, program);
    this.constantPath = this.path.constant;
    this.body = step.body ? compileBody(step.body, program) : null;
    // RFC 9110, 8.6: a method that is meant to carry a body says so when there is none.
    this.constantBody = this.body ? this.body.constant : expectsBody(step.method) ? '' : null;
    const contentType = this.body?.contentType ?? null;
    this.headerLines = compileHeaderLines({ target, step, host: baseUrl.host, contentType, program, mask });
    this.constantHeaderLines = this.headerLines.constant;
    this.constantStart = startOf(step.method, this.constantPath, this.constantHeaderLines);
    this.timeoutUs = Math.round((step.timeoutMs ?? target.timeoutMs) * 1000);
    this.maxRedirects = maxRedirectsOf(step);
    this.form = context.buffers && this.maxRedirects === 0 ? this.compileForm(context.buffers) : null;
    this.acceptsStatus = compileStatusExpectation(step.expect.status);
    this.needsNoHead = headFilter(this.acceptsStatus, this.maxRedirects > 0, target.cookies);
    this.maxLatencyUs = step.expect.maxLatencyMs === undefined ? Number.POSITIVE_INFINITY : step.expect.maxLatencyMs * 1000;
    this.checks = compileContentChecks(step.expect, mask);
    this.extractions = step.extract.map((extract) => ({
      slot: program.variableSlot(extract.variable),
      extractor: compileExtraction(extract),
    }));
    this.capture = this.checks.length > 0 || this.extractions.length > 0;
  }

  prepare(exchange: HttpExchange, scope: Scope): void {
    exchange.reset();
    exchange.origin = this.origin;
    exchange.method = this.method;
    try {
      if (this.form === null) this.renderTexts(exchange, scope);
      else exchange.bytes = this.form.write(scope, exchange.bytes);
    } catch (error) {
      // Longer than any text can be.
      if (error instanceof RangeError) throw new TaskException(`the request cannot be built: ${error.message}`);
      throw error;
    }
    exchange.timeoutUs = this.timeoutUs;
    exchange.maxRedirects = this.maxRedirects;
    exchange.capture = this.capture;
    exchange.expectsStatus = this.needsNoHead;
  }

  judge(exchange: HttpExchange): void {
    if (exchange.error !== null) return;
    const violation = this.findViolation(exchange);
    if (violation === null) return;
    exchange.error = violation.error;
    exchange.errorDetail = this.context.mask.maskSecrets(violation.detail);
  }

  extract(exchange: HttpExchange, scope: Scope): void {
    for (const { slot, extractor } of this.extractions) scope.set(slot, extractor(this.contentOf(exchange)));
  }

  describe(exchange: HttpExchange): ExchangeDescription {
    return describeExchange(exchange, this.context.mask);
  }

  private renderTexts(exchange: HttpExchange, scope: Scope): void {
    exchange.releaseBytes();
    exchange.constantStart = this.constantStart;
    exchange.path = this.constantPath ?? this.path.render(scope);
    exchange.headerLines = this.constantHeaderLines ?? this.headerLines.render(scope);
    exchange.body = this.body && this.constantBody === null ? this.body.render(scope) : this.constantBody;
  }

  private compileForm(spares: SparePools): RequestForm {
    const { method, path, headerLines } = this;
    return new RequestForm({ method, path, headerLines, body: this.constantBody ?? this.body }, spares);
  }

  private findViolation(exchange: HttpExchange): Violation | null {
    if (!this.acceptsStatus(exchange.status)) return unexpectedStatus(exchange.status, this.step.expect.status);
    const violation = this.checks.length === 0 ? null : this.checkContent(exchange);
    return violation ?? checkLatency(exchange, this.maxLatencyUs);
  }

  private checkContent(exchange: HttpExchange): Violation | null {
    const content = this.contentOf(exchange);
    try {
      for (const check of this.checks) {
        const violation = check(content);
        if (violation !== null) return violation;
      }
      return null;
    } catch (error) {
      if (!(error instanceof ContentError)) throw error;
      return { error: malformedResponseName(WHY.coding), detail: error.message };
    }
  }

  private contentOf(exchange: HttpExchange): ResponseContent {
    exchange.content ??= new ResponseContent(exchange.responseHead, exchange.responseBody, this.context.target.maxBodyBytes);
    return exchange.content;
  }
}

/** In one piece: the joined strings of the JavaScript engine are cheap to make and dear to write, and this one is written often. */
function startOf(method: string, path: string | null, headerLines: string | null): string | null {
  if (path === null || headerLines === null) return null;
  return Buffer.from(`${method} ${path} HTTP/1.1\r\n${headerLines}`, 'latin1').toString('latin1');
}

function expectsBody(method: string): boolean {
  return method === 'POST' || method === 'PUT' || method === 'PATCH';
}

function maxRedirectsOf({ followRedirects }: RequestStep): number {
  return typeof followRedirects === 'number' ? followRedirects : followRedirects ? DEFAULT_MAX_REDIRECTS : 0;
}

/** For which statuses the client need not keep the head: cookies need every head, redirects need theirs. */
function headFilter(accepts: (status: number) => boolean, redirects: boolean, cookies: boolean): (status: number) => boolean {
  if (cookies) return () => false;
  if (redirects) return (status) => !isRedirectStatus(status) && accepts(status);
  return accepts;
}
