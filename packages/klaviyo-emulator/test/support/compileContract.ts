import { Ajv, type ValidateFunction } from 'ajv';
import addFormats from 'ajv-formats';
import { closeSchema, type Schema } from './closeSchema.ts';

interface MediaTypes {
  content?: Record<string, { schema: Schema }>;
}

interface Parameter {
  readonly name: string;
  readonly in: 'query' | 'header' | 'path';
  readonly required?: boolean;
  readonly schema: Schema;
}

interface DocumentOperation {
  readonly operationId: string;
  readonly parameters: readonly Parameter[];
  readonly requestBody?: MediaTypes;
  readonly responses: Record<string, MediaTypes>;
  /** Empty where no private key is needed. */
  readonly security?: readonly unknown[];
  readonly 'x-klaviyo-filters'?: Record<string, Filter>;
  readonly 'x-klaviyo-scopes': readonly string[];
  readonly 'x-klaviyo-ratelimit': { burst: string; steady: string; daily?: string };
}

interface Filter {
  /** Operators by what they take: nothing, one value, a list. */
  readonly operators: Partial<Record<'none' | 'single' | 'list', readonly string[]>>;
  readonly value?: { type: string; format?: string; enum?: readonly string[] };
}

export interface OpenApi {
  paths: Record<string, Record<string, DocumentOperation>>;
  components: { responses: { Error: MediaTypes } };
}

export interface Documented {
  readonly id: string;
  readonly method: string;
  /** `{id}` and `{job_id}` written as `:id`. */
  readonly path: string;
  readonly scopes: readonly string[];
  readonly rate: { burst: string; steady: string; daily?: string };
  readonly client: boolean;
  readonly parameters: readonly Parameter[];
  readonly filters: Record<string, Filter>;
}

/** Klaviyo's OpenAPI document, asked about single requests and answers. */
export interface Contract {
  readonly operations: readonly Documented[];
  /** The operation that a request's method and path name. */
  find(method: string, path: string): Documented | undefined;
  /** What is wrong with a body by Klaviyo's own schema; empty when nothing is. Empty text is no body. */
  request(operation: string, body: unknown): string[];
  /** `sparse` where the request named the fields it wants. */
  answer(operation: string, status: number, body: unknown, sparse?: 'sparse'): string[];
  parameter(operation: string, name: string, value: unknown): string[];
}

export function compileContract(document: OpenApi): Contract {
  const ajv = new Ajv({ strict: false, allErrors: true });
  addFormats.default(ajv);
  const validators = new Map<string, ValidateFunction>();
  const schemaOf = (media: MediaTypes | undefined) => Object.values(media?.content ?? {})[0]?.schema;
  const add = (key: string, schema: Schema | undefined) => schema && validators.set(key, ajv.compile(schema));
  const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => describe(method, path, operation)),
  );
  for (const operation of Object.values(document.paths).flatMap((methods) => Object.values(methods))) {
    const id = operation.operationId;
    for (const { name, schema } of operation.parameters) add(`${id} ?${name}`, schema);
    // Unknown keys are an error in both directions: Klaviyo refuses them, and the emulator must not invent any.
    const body = schemaOf(operation.requestBody);
    add(`${id} request`, body && closeSchema(body));
    for (const [status, media] of Object.entries(operation.responses)) {
      const schema = schemaOf(media);
      add(`${id} ${status}`, schema && closeSchema(schema));
      add(`${id} ${status} sparse`, schema && closeSchema(schema, true));
      if (!schema && status.length === 3 && !status.endsWith('XX')) validators.set(`${id} ${status}`, isEmpty);
    }
  }
  add('error', schemaOf(document.components.responses.Error));
  const problems = (key: string, value: unknown) => {
    const validate = validators.get(key);
    if (!validate) return [`${key}: not in the document`];
    if (validate(value)) return [];
    const errors = validate.errors ?? [];
    return errors.length === 0
      ? [`${key}: a body where Klaviyo has none`]
      : errors.map(({ instancePath, message, params }) => `${key}${instancePath} ${message} ${JSON.stringify(params)}`);
  };
  return {
    operations,
    find: (method, path) => operations.find((each) => each.method === method && fits(each.path, path)),
    request: (operation, body) => (body === '' ? [] : problems(`${operation} request`, body)),
    answer: (operation, status, body, sparse) =>
      problems(status >= 400 ? 'error' : [operation, status, ...(sparse ? [sparse] : [])].join(' '), body),
    parameter: (operation, name, value) => problems(`${operation} ?${name}`, value),
  };
}

// Stands for the schema that the document does not give to an empty answer.
const isEmpty = new Ajv().compile({ const: '' });

function describe(method: string, path: string, operation: DocumentOperation): Documented {
  return {
    id: operation.operationId,
    method: method.toUpperCase(),
    path: path.replace(/\{\w+\}/, ':id'),
    scopes: operation['x-klaviyo-scopes'],
    rate: operation['x-klaviyo-ratelimit'],
    client: operation.security?.length === 0,
    parameters: operation.parameters,
    filters: operation['x-klaviyo-filters'] ?? {},
  };
}

function fits(template: string, path: string): boolean {
  return new RegExp(`^${template.replace(':id', '[^/]+')}$`).test(path);
}
