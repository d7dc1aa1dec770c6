import { describeSignUp } from './describeSignUp.js';

/**
 * What a person reads after a change of what they get.
 * @param {string} what
 * @param {import('./subscribe.js').SignUp} result
 */
export function describeChange(what, result) {
  if (result.ok) return `${what}: accepted. If we have to ask you to confirm it, a message comes.`;
  if (result.code === 'phone_invalid') return `${what}: the number is not complete. An example: +1 500 555 0006.`;
  return `${what}: ${describeSignUp(result)}`;
}
