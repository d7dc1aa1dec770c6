import { isbot } from 'isbot';

/** True for the user agent of something that is no person's browser: crawlers, monitors, scripts. */
export function isBot(userAgent: string): boolean {
  return isbot(userAgent);
}
