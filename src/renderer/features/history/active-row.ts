import { createContext } from 'react';

/** Whether the pointer or the focus is on the row that a cell belongs to: tooltips of hundreds of other rows are not kept ready. */
export const ActiveRow = createContext(false);
