/** Keys that no body has; some that every object of JavaScript seems to have. */
export const STRANGE_KEYS = [
  'colour',
  '__proto__',
  'constructor',
  'prototype',
  'toString',
  'hasOwnProperty',
  '',
  'a/b~c',
  '0',
];
