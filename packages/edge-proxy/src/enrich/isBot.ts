import { BOT_PATTERNS } from './botPatterns.ts';

let pattern: RegExp | undefined;

/** True for the user agent of something that is no person's browser: crawlers, monitors, scripts. */
export function isBot(userAgent: string): boolean {
  // Not at start-up, where every millisecond counts.
  pattern ??= new RegExp(BOT_PATTERNS.join('|'));
  return pattern.test(userAgent);
}
