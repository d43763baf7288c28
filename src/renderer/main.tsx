import { config } from 'zod';

// The content policy forbids code made at run time, which zod would try for speed. It has to know before the first schema is built, so
// everything else is loaded after it.
config({ jitless: true });
const { mount } = await import('./app/mount');
mount();
