/** What reading a line comes to instead of the position after it: the rest of the line has not come yet. */
export const INCOMPLETE = -1;
/** What reading a line comes to instead of the position after it: no line that HTTP allows begins like this. */
export const MALFORMED = -2;
