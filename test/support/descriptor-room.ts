import { readdirSync } from 'node:fs';
import { makeDescriptorRoom } from '../../src/main/swarm/descriptor-room';

// Asks for more descriptors than a process may have, in a process that may have few, and tells what is open then.
const open = () => readdirSync('/proc/self/fd').length;
const before = open();
makeDescriptorRoom(100_000);
const after = open();
console.log(after === before ? 'the same are open' : `${before} were open, now ${after}`);
