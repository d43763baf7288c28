/** The head of a message: its first line, and its headers. */
export interface MessageHead {
  firstLine: string;
  headers: { name: string; value: string }[];
}

/** Takes a head apart: `POST /data HTTP/1.1` or `HTTP/1.1 200 OK`, then a header a line. */
export function readHead(head: string): MessageHead {
  const [firstLine = '', ...lines] = head.split(/\r?\n/);
  const headers = lines.flatMap((line) => {
    const colon = line.indexOf(':', 1);
    return colon === -1 ? [] : [{ name: line.slice(0, colon), value: line.slice(colon + 1).trim() }];
  });
  return { firstLine, headers };
}

/** A body as people read it: JSON in lines, anything else as it is. */
export function readableBody(body: string): string {
  if (!/^\s*[{[]/.test(body)) return body;
  try {
    return JSON.stringify(JSON.parse(body), null, 2);
  } catch {
    return body;
  }
}
