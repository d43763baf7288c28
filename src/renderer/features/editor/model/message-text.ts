import { visibleText } from '../../../../shared/text/visible-text';

/** The head of a message: its first line, and its headers. */
export interface MessageHead {
  firstLine: string;
  headers: { name: string; value: string }[];
}

/** Takes a head apart, with what deceives the eye written out: `POST /data HTTP/1.1` or `HTTP/1.1 200 OK`, then a header a line. */
export function readHead(head: string): MessageHead {
  const [firstLine = '', ...lines] = visibleText(head).split('\n');
  const headers = lines.flatMap((line) => {
    const colon = line.indexOf(':', 1);
    return colon === -1 ? [] : [{ name: line.slice(0, colon), value: line.slice(colon + 1).trim() }];
  });
  return { firstLine, headers };
}

/** A body as people read it: JSON in lines, anything else as it is; what deceives the eye is written out. */
export function readableBody(body: string): string {
  if (!/^\s*[{[]/.test(body)) return visibleText(body);
  try {
    return visibleText(JSON.stringify(JSON.parse(body), null, 2));
  } catch {
    return visibleText(body);
  }
}
