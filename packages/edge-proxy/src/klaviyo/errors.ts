import { isJsonObject } from '@sluice/shared';

/** One error object of Klaviyo's answers. `detail` may change at any time: never decide by it. */
export interface KlaviyoError {
  code: string;
  title: string;
  detail: string;
  /** JSON pointer into the request's body. */
  pointer: string | undefined;
}

/** Reads the error objects of an answer; undefined when the body is not in Klaviyo's error shape. */
export function readErrors(body: unknown): KlaviyoError[] | undefined {
  if (!isJsonObject(body) || !Array.isArray(body.errors)) return undefined;
  return body.errors.filter(isJsonObject).map((error) => ({
    code: text(error.code),
    title: text(error.title),
    detail: text(error.detail),
    pointer: isJsonObject(error.source) && typeof error.source.pointer === 'string' ? error.source.pointer : undefined,
  }));
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
