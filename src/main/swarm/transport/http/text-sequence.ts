import type { ByteWriter } from '../../template/byte-writer';
import type { Template } from '../../template/program';
import type { Scope } from '../../template/scope';
import { type Charset, mustBeShort } from '../../template/template';

/**
 * Templates and constant texts in a row, rendered into one text. Neighbouring constants are joined when it is built, so that a row without
 * placeholders is `constant` and rendering it costs nothing.
 */
export class TextSequence implements Template {
  /** The whole text when no template in it depends on the node; null otherwise. */
  constant: string | null = '';
  private first = '';
  private readonly templates: Template[] = [];
  /** The constant text behind each template. */
  private readonly following: string[] = [];
  /** `first` and `following` as bytes, once they are needed. */
  private constants: Buffer[] | null = null;

  /** `charset`: how the constant texts become bytes. */
  constructor(private readonly charset: Charset) {}

  /** Puts a constant text or a template at the end. */
  append(...pieces: (string | Template)[]): this {
    for (const piece of pieces) {
      const constant = typeof piece === 'string' ? piece : piece.constant;
      if (constant === null) {
        this.templates.push(piece as Template);
        this.following.push('');
        this.constant = null;
      } else {
        this.appendConstant(constant);
      }
    }
    return this;
  }

  /** Throws `TaskException` when a template has no value. */
  render(scope: Scope): string {
    let text = this.first;
    for (let i = 0; i < this.templates.length; i++) {
      text += (this.templates[i] as Template).render(scope) + (this.following[i] as string);
      mustBeShort(text.length);
    }
    return text;
  }

  /** Throws `TaskException` when a template has no value. */
  write(scope: Scope, writer: ByteWriter): void {
    this.constants ??= [this.first, ...this.following].map((text) => Buffer.from(text, this.charset));
    const { constants, templates } = this;
    writer.constant(constants[0] as Buffer);
    for (let i = 0; i < templates.length; i++) {
      (templates[i] as Template).write(scope, writer);
      writer.constant(constants[i + 1] as Buffer);
    }
  }

  private appendConstant(text: string): void {
    if (this.constant !== null) this.constant += text;
    if (this.templates.length === 0) this.first += text;
    else this.following[this.following.length - 1] += text;
  }
}
