/** The text of a file, put in at build time. */
declare module '*?raw' {
  const text: string;
  export default text;
}
