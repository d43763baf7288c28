/** Ports that one source address surely has for connections to one address of a server (Linux: 28,232). */
const PORTS = 25_000;

/** Loopback addresses to connect from, as many as it takes for so many connections; none when one will do. */
export function sourceAddresses(connections: number): string[] {
  const count = Math.ceil(connections / PORTS);
  return count === 1 ? [] : Array.from({ length: count }, (_, index) => `127.0.0.${index + 2}`);
}
