import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';

/**
 * Tokens that the demo backend hands out and knows again, for any number of nodes: a token carries its owner, signed with a key of the
 * process.
 */
export class LoginTokens {
  private readonly key = randomBytes(32);

  issue(owner: string): string {
    const name = Buffer.from(owner).toString('base64url');
    return `${name}.${this.sign(name)}`;
  }

  /** Whether `token` was issued by this process. */
  isValid(token: string): boolean {
    const dot = token.lastIndexOf('.');
    if (dot < 1) return false;
    const expected = Buffer.from(this.sign(token.slice(0, dot)));
    const given = Buffer.from(token.slice(dot + 1));
    return given.length === expected.length && timingSafeEqual(given, expected);
  }

  private sign(name: string): string {
    return createHmac('sha256', this.key).update(name).digest('base64url').slice(0, 22);
  }
}
