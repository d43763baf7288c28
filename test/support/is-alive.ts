/** Whether a process is there; one that has ended and that nobody has asked after yet is. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
