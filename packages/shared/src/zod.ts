import { en } from 'zod/locales';
import * as z from 'zod/mini';

// What the Worker checks is written with zod/mini: of zod itself a bundle carries every method, used or not.
// It has no words for what is wrong unless it is given them.
z.config(en());

export * from 'zod/mini';
