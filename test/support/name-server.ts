import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';

const HEADER_BYTES = 12;
const TYPE_A = 1;
/** Flags of an answer (RFC 1035, 4.1.1): response, recursion desired and available; then the code for a name that nobody knows. */
const ANSWER_FLAGS = 0x8180;
const NO_SUCH_NAME = 3;
/** The name of the question, its type A, class IN, no time to live, four bytes. */
const ANSWER_HEAD = [0xc0, HEADER_BYTES, 0, TYPE_A, 0, 1, 0, 0, 0, 0, 0, 4];

/** A name server on 127.0.0.1 (UDP, port 53) that knows one name, which may move. */
export class NameServer {
  /** Names that it was asked for. */
  readonly asked: string[] = [];

  private constructor(
    private readonly socket: Socket,
    private readonly name: string,
    /** IPv4; null: nobody knows the name. */
    public address: string | null,
  ) {
    socket.on('message', (question, { port, address: from }) => socket.send(this.answer(question), port, from));
  }

  static async listen(name: string, address: string | null): Promise<NameServer> {
    const socket = createSocket('udp4');
    socket.bind(53, '127.0.0.1');
    await once(socket, 'listening');
    return new NameServer(socket, name, address);
  }

  close(): void {
    this.socket.close();
  }

  private answer(question: Buffer): Buffer {
    const labels: string[] = [];
    let at = HEADER_BYTES;
    for (let length = question.readUInt8(at); length > 0; length = question.readUInt8(at)) {
      labels.push(question.toString('latin1', at + 1, at + 1 + length));
      at += 1 + length;
    }
    const type = question.readUInt16BE(at + 1);
    const name = labels.join('.');
    this.asked.push(name);
    const known = name === this.name ? this.address : null;
    const hasAddress = known !== null && type === TYPE_A;
    const header = Buffer.alloc(HEADER_BYTES);
    header.writeUInt16BE(question.readUInt16BE(0), 0);
    header.writeUInt16BE(ANSWER_FLAGS | (known === null ? NO_SUCH_NAME : 0), 2);
    header.writeUInt16BE(1, 4);
    header.writeUInt16BE(hasAddress ? 1 : 0, 6);
    const answer = hasAddress ? [...ANSWER_HEAD, ...known.split('.').map(Number)] : [];
    return Buffer.concat([header, question.subarray(HEADER_BYTES, at + 5), Buffer.from(answer)]);
  }
}
