/** The parts of a URL that are looked at here. */
interface ParsedUrl {
  hostname: string;
}

/** `URL` is there in every host of JavaScript, but the ECMAScript library that `src/shared` is typed against does not know it. */
declare const URL: {
  parse(text: string): ParsedUrl | null;
};

/** The URL, read as the URL standard says; null when it is none. */
export function parseUrl(text: string): ParsedUrl | null {
  return URL.parse(text);
}
