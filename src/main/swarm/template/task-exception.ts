/** A step that cannot be carried out (no value for a variable, nothing to extract): counted as an exception, the node goes on. */
export class TaskException extends Error {
  override name = 'TaskException';
}
