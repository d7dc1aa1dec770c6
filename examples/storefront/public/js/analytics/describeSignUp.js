/**
 * What a person reads after a sign-up.
 * @param {import('./subscribe.js').SignUp} result
 * @returns {string}
 */
export function describeSignUp(result) {
  if (result.ok) return 'Thank you. Your sign-up is accepted; if a letter asks you to confirm it, please do.';
  switch (result.code) {
    case 'email_invalid':
      return 'This e-mail address is not complete. An example: ada@example.com.';
    case 'already_member':
      return 'This address is signed up already. There is nothing more to do.';
    case 'reoptin_unconfirmed':
      return 'This address signed off before, so a form alone cannot sign it up again. Please write to us.';
    case 'rate_limited':
      return 'Too many sign-ups came from here just now. Please try again in a minute.';
    case 'no_list':
    case 'list_not_found':
      return 'You are not signed up: this shop has no newsletter list set.';
    case 'unreachable':
      return 'You are not signed up: the newsletter service cannot be reached. The shop works without it.';
    default:
      return `You are not signed up: the newsletter service refused the request (${result.code}).`;
  }
}
