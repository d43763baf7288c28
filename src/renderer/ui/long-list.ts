/** More lines than this are searched rather than read. */
export const READABLE = 20;
/** More of those found are not laid out. */
export const MOST_SHOWN = 200;
