import { z } from 'zod';

/** A day: the longest timeout. */
export const MAX_TIMEOUT_MS = 86_400_000;
/** A year: the longest wait, pause, stage or run. */
export const MAX_SECONDS = 31_536_000;
/** The largest fleet that a document may ask for. */
export const MAX_NODES = 1_000_000;
/** The most that the rate guard can be set to, requests a second: beyond it a guard guards nothing, and its memory would grow. */
export const HIGHEST_MAX_RATE = 1_000_000;

/** Node types, tasks, variables, steps, extractions: entries that one list of a document may have. */
export const MAX_ENTRIES = 1000;

/** A time of 0 or more seconds. */
export const seconds = z.number().nonnegative().max(MAX_SECONDS);
/** A time above 0 seconds. */
export const someSeconds = z.number().positive().max(MAX_SECONDS);
/** A number of nodes, 0 included. */
export const nodeCount = z.number().int().nonnegative().max(MAX_NODES);
/** A number of nodes above 0. A bound of its own, not a second one on `nodeCount`: one mistake is told once. */
export const someNodes = z.number().int().min(1).max(MAX_NODES);
/** A name of a scenario, node type, task or series. */
export const shownName = z.string().trim().min(1).max(200);

/** A text of one line with placeholders: a path, or the value of a header, query parameter or form field. */
export const lineTemplate = z.string().max(65_536);
/** The text of a body with placeholders. */
export const bodyTemplate = z.string().max(10_485_760);
