import type { Channel, Exchange, ExchangeOwner } from '../transport';
import type { NodeCookies } from './cookie-jar';
import { ERROR_NAMES, type ErrorName, malformedResponseName } from './error-names';
import type { HttpExchange } from './http-exchange';
import { WHY } from './malformed-why';
import { isRedirectStatus, redirectTarget, rewriteForRedirect, urlOf } from './redirect';
import type { SecretMask } from './secret-mask';

/**
 * A node's channel where cookies or redirects are in play: it stands between the client's channel and the exchange's owner, so that a
 * chain of redirects looks like one exchange. sentUs is the first request's, doneUs and firstByteUs the last one's; bodies and connects add up.
 */
export class HttpChannel implements Channel<HttpExchange>, ExchangeOwner {
  private exchange: HttpExchange | null = null;
  private owner: ExchangeOwner | null = null;
  private redirects = 0;
  /** Header lines of the request without the jar's cookies. */
  private ownHeaderLines = '';
  /** What is left of the chain's time. us */
  private timeLeftUs = 0;

  // Sums over the requests of the chain that are over.
  private sentUs = 0;
  private grantedUs = 0;
  private connectUs = -1;
  private tlsUs = -1;
  private bodyBytes = 0;
  private resent = 0;

  constructor(
    private readonly inner: Channel<HttpExchange>,
    private readonly cookies: NodeCookies | null,
    private readonly secrets: SecretMask,
  ) {}

  send(exchange: HttpExchange): void {
    this.exchange = exchange;
    this.owner = exchange.owner;
    exchange.owner = this;
    this.redirects = 0;
    this.timeLeftUs = exchange.timeoutUs;
    this.connectUs = -1;
    this.tlsUs = -1;
    this.bodyBytes = 0;
    this.resent = 0;
    this.forward(exchange);
  }

  abort(): void {
    this.release();
    this.inner.abort();
  }

  close(): void {
    this.release();
    this.inner.close();
  }

  exchangeDone(_done: Exchange): void {
    const exchange = this.exchange;
    if (!exchange) return;
    if (this.cookies && exchange.status !== 0) this.cookies.store(exchange.responseHead, urlOf(exchange));
    this.addUp(exchange);
    if (this.follow(exchange)) return;
    this.report(exchange);
    const owner = this.release();
    owner?.exchangeDone(exchange);
  }

  private forward(exchange: HttpExchange): void {
    this.ownHeaderLines = exchange.headerLines;
    // Cookies and redirects change what the step has written.
    exchange.constantStart = null;
    if (this.cookies) exchange.headerLines = this.cookies.addTo(exchange.headerLines, urlOf(exchange));
    this.inner.send(exchange);
  }

  private addUp(exchange: HttpExchange): void {
    if (this.redirects === 0) {
      this.sentUs = exchange.sentUs;
      this.grantedUs = exchange.grantedUs;
    }
    if (exchange.connectUs >= 0) this.connectUs = Math.max(this.connectUs, 0) + exchange.connectUs;
    if (exchange.tlsUs >= 0) this.tlsUs = Math.max(this.tlsUs, 0) + exchange.tlsUs;
    this.bodyBytes += exchange.bodyBytes;
    this.resent += exchange.resent;
    this.timeLeftUs -= exchange.doneUs - exchange.sentUs - Math.max(exchange.connectUs, 0);
  }

  /** Sends the next request of the chain; false when this answer is the last. */
  private follow(exchange: HttpExchange): boolean {
    if (exchange.error !== null || exchange.maxRedirects === 0 || !isRedirectStatus(exchange.status)) return false;
    const target = redirectTarget(exchange);
    if (target === null) return false;
    if (target === 'bad location') {
      fail(exchange, malformedResponseName(WHY.location), 'the redirect does not lead to an http or https URL');
      return false;
    }
    if (this.redirects === exchange.maxRedirects) {
      fail(exchange, ERROR_NAMES.tooManyRedirects, `more than ${exchange.maxRedirects} redirects, the next to ${target.origin}`);
      return false;
    }
    if (this.timeLeftUs <= 0) {
      fail(exchange, ERROR_NAMES.responseTimeout, 'the chain of redirects used up the time');
      return false;
    }
    const { status } = exchange;
    exchange.headerLines = this.ownHeaderLines;
    rewriteForRedirect(exchange, status, target, this.secrets);
    exchange.timeoutUs = this.timeLeftUs;
    exchange.reset();
    this.redirects++;
    this.forward(exchange);
    return true;
  }

  private report(exchange: HttpExchange): void {
    exchange.sentUs = this.sentUs;
    exchange.grantedUs = this.grantedUs;
    exchange.connectUs = this.connectUs;
    exchange.tlsUs = this.tlsUs;
    exchange.bodyBytes = this.bodyBytes;
    exchange.resent = this.resent;
    exchange.followed = this.redirects;
    if (this.redirects > 0 && exchange.error !== null) {
      exchange.errorDetail += ` (after ${this.redirects} redirect${this.redirects === 1 ? '' : 's'})`;
    }
  }

  /** Gives the exchange back to its owner. */
  private release(): ExchangeOwner | null {
    const { exchange, owner } = this;
    if (exchange && owner) exchange.owner = owner;
    this.exchange = null;
    this.owner = null;
    return owner;
  }
}

function fail(exchange: HttpExchange, error: ErrorName, detail: string): void {
  exchange.error = error;
  exchange.errorDetail = detail;
}
