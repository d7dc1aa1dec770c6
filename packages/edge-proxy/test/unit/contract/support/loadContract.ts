import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv, type ValidateFunction } from 'ajv';
import addFormats from 'ajv-formats';

interface OpenApi {
  paths: Record<
    string,
    Record<string, { operationId: string; requestBody?: { content: Record<string, { schema: object }> } }>
  >;
}

export interface Contract {
  /** What is wrong with a body by Klaviyo's own schema; empty when nothing is. */
  request(operation: string, body: unknown): string[];
  /** Method and path of an operation id. */
  place(operation: string): string | undefined;
}

/** Undefined, loudly, where KLAVIYO_OPENAPI_DIR holds no document; in CI that is an error. */
export function loadContract(): Contract | undefined {
  const folder = process.env.KLAVIYO_OPENAPI_DIR;
  const file = folder === undefined ? undefined : join(folder, 'openapi-subset.json');
  if (file === undefined || !existsSync(file)) {
    const message = `KLAVIYO_OPENAPI_DIR (${folder ?? 'unset'}) holds no openapi-subset.json: CONTRACT TESTS SKIPPED`;
    if (process.env.CI) throw new Error(message);
    console.warn(`\n*** ${message} ***\n`);
    return undefined;
  }
  return compile(JSON.parse(readFileSync(file, 'utf8')) as OpenApi);
}

function compile(document: OpenApi): Contract {
  const ajv = new Ajv({ strict: false, allErrors: true });
  addFormats.default(ajv);
  const validators = new Map<string, ValidateFunction>();
  const places = new Map<string, string>();
  for (const [path, methods] of Object.entries(document.paths)) {
    for (const [method, { operationId, requestBody }] of Object.entries(methods)) {
      places.set(operationId, `${method.toUpperCase()} ${path}`);
      const schema = Object.values(requestBody?.content ?? {})[0]?.schema;
      if (schema) validators.set(operationId, ajv.compile(schema));
    }
  }
  return {
    request(operation, body) {
      const validate = validators.get(operation);
      if (!validate) return [`${operation} takes no body`];
      return validate(body)
        ? []
        : (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
    },
    place: (operation) => places.get(operation),
  };
}
