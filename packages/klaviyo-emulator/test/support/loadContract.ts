import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv, type ValidateFunction } from 'ajv';
import addFormats from 'ajv-formats';
import { OPERATIONS, type OperationName } from '../../src/operations.ts';

interface MediaTypes {
  content?: Record<string, { schema: object }>;
}
interface OpenApi {
  paths: Record<
    string,
    Record<string, { operationId: string; requestBody?: MediaTypes; responses: Record<string, MediaTypes> }>
  >;
  components: { responses: { Error: MediaTypes } };
}

export interface Contract {
  /** What is wrong with a body by Klaviyo's own schema; empty when nothing is. */
  request(operation: string, body: unknown): string[];
  answer(operation: string, status: number, body: unknown): string[];
  /** Method and path of an operation id, `{id}` written as `:id`. */
  place(operation: string): string | undefined;
}

/** Undefined, loudly, where KLAVIYO_OPENAPI_DIR is unset; in CI that is an error. */
export function loadContract(): Contract | undefined {
  const folder = process.env.KLAVIYO_OPENAPI_DIR;
  const file = folder === undefined ? undefined : join(folder, 'openapi-subset.json');
  if (file === undefined || !existsSync(file)) {
    const message = `KLAVIYO_OPENAPI_DIR (${folder ?? 'unset'}) holds no openapi-subset.json: CONTRACT TESTS SKIPPED`;
    if (process.env.CI) throw new Error(message);
    console.warn(`\n*** ${message} ***\n`);
    return undefined;
  }
  return compile(JSON.parse(readFileSync(file, 'utf8')));
}

function compile(document: OpenApi): Contract {
  const ajv = new Ajv({ strict: false, allErrors: true });
  addFormats.default(ajv);
  const validators = new Map<string, ValidateFunction>();
  const places = new Map<string, string>();
  const add = (key: string, media: MediaTypes | undefined) => {
    const schema = Object.values(media?.content ?? {})[0]?.schema;
    if (schema) validators.set(key, ajv.compile(schema));
  };
  for (const [path, methods] of Object.entries(document.paths)) {
    for (const [method, operation] of Object.entries(methods)) {
      if (!Object.hasOwn(OPERATIONS, operation.operationId)) continue;
      places.set(operation.operationId, `${method.toUpperCase()} ${path.replace(/\{\w+\}/, ':id')}`);
      add(`${operation.operationId} request`, operation.requestBody);
      for (const [status, media] of Object.entries(operation.responses))
        add(`${operation.operationId} ${status}`, media);
    }
  }
  add('error', document.components.responses.Error);
  const problems = (key: string, value: unknown) => {
    const validate = validators.get(key);
    if (!validate) return value === undefined || value === '' ? [] : [`${key}: a body where Klaviyo has none`];
    return validate(value)
      ? []
      : (validate.errors ?? []).map((error) => `${key}${error.instancePath} ${error.message}`);
  };
  return {
    request: (operation, body) => problems(`${operation} request`, body),
    answer: (operation, status, body) => problems(status >= 400 ? 'error' : `${operation} ${status}`, body),
    place: (operation) => places.get(operation),
  };
}

export const OPERATION_NAMES = Object.keys(OPERATIONS).map((name) => {
  // The keys of a const table are its names.
  return name as OperationName;
});
