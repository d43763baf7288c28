/** Connections that the source address chosen by the system surely has ports for (Linux: 28,232). */
const UNBOUND = 25_000;

/**
 * Connections from each address when several are named. Linux looks for the port of a socket that is bound to an address among the odd ones of the
 * lower half of the range first (7,058; Node binds with SO_REUSEADDR): beyond that each connection costs a search through all of them, half a
 * millisecond. And if bound sockets took the even ports too, all other programs of the machine would find none.
 */
const BOUND = 6000;

/** Addresses used so far: a run gets fresh ones, because for a minute the ports of the last run are still taken on its addresses. */
let used = 0;

/** Loopback addresses to connect from, as many as it takes for so many connections; none when the system's choice will do. */
export function sourceAddresses(connections: number): string[] {
  if (connections <= UNBOUND) return [];
  return Array.from({ length: Math.ceil(connections / BOUND) }, () => {
    const number = used++ % (250 * 250);
    return `127.1.${Math.floor(number / 250) + 1}.${(number % 250) + 1}`;
  });
}
