// Plain JavaScript: it must run under any Node, installed packages or not.
import { rm } from 'node:fs/promises';

await rm(new URL('../.sluice', import.meta.url), { recursive: true, force: true });
console.log('Local state is empty.');
