import type { Body } from '../../../../shared/scenario/schema';
import type { ByteWriter } from '../../template/byte-writer';
import type { NodeTypeProgram } from '../../template/program';
import type { Scope } from '../../template/scope';
import { toBinaryString } from './binary-string';
import { TextSequence } from './text-sequence';

/** A compiled request body. */
export interface RequestBody {
  /** As a binary string; null when it depends on the node. */
  readonly constant: string | null;
  /** What to say in `content-type` unless the user says something else. */
  readonly contentType: string | null;
  /** As a binary string. Throws `TaskException` when a template has no value. */
  render(scope: Scope): string;
  /** Writes the bytes of what `render` would return; one of both is to be called. */
  write(scope: Scope, writer: ByteWriter): void;
}

/** Compiles a body: JSON, text and forms with their templates, base64 as its bytes. */
export function compileBody(body: Body, program: NodeTypeProgram): RequestBody {
  switch (body.kind) {
    case 'json':
      return new TextBody(
        new TextSequence('utf8').append(program.compile(body.text, 'json')),
        body.contentType ?? 'application/json',
      );
    case 'text':
      return new TextBody(
        new TextSequence('utf8').append(program.compile(body.text, 'text')),
        body.contentType ?? 'text/plain; charset=utf-8',
      );
    case 'form':
      return new TextBody(formText(body.fields, program), 'application/x-www-form-urlencoded');
    case 'base64':
      return new FixedBody(Buffer.from(body.data, 'base64').toString('latin1'), body.contentType ?? 'application/octet-stream');
  }
}

class TextBody implements RequestBody {
  readonly constant: string | null;

  constructor(
    private readonly text: TextSequence,
    readonly contentType: string,
  ) {
    this.constant = text.constant === null ? null : toBinaryString(text.constant);
  }

  render(scope: Scope): string {
    return this.constant ?? toBinaryString(this.text.render(scope));
  }

  write(scope: Scope, writer: ByteWriter): void {
    this.text.write(scope, writer);
  }
}

class FixedBody implements RequestBody {
  constructor(
    readonly constant: string,
    readonly contentType: string,
  ) {}

  render(): string {
    return this.constant;
  }

  write(_scope: Scope, writer: ByteWriter): void {
    writer.latin1(this.constant);
  }
}

function formText(fields: Record<string, string>, program: NodeTypeProgram): TextSequence {
  const text = new TextSequence('utf8');
  let separator = '';
  for (const [name, value] of Object.entries(fields)) {
    text.append(separator, new URLSearchParams([[name, '']]).toString());
    text.append(program.compile(value, 'form'));
    separator = '&';
  }
  return text;
}
