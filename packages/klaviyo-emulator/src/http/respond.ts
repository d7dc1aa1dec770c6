import type { Answer } from './Call.ts';

/** An Answer as a Response; JSON:API's media type, as Klaviyo sends it. */
export function respond(answer: Answer): Response {
  const headers = new Headers(answer.headers);
  if (answer.body === undefined) return new Response(null, { status: answer.status, headers });
  if (!headers.has('content-type')) headers.set('content-type', 'application/vnd.api+json');
  const text = typeof answer.body === 'string' ? answer.body : JSON.stringify(answer.body);
  return new Response(text, { status: answer.status, headers });
}
