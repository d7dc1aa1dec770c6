import { createStack as create, type Stack, type StackOptions } from '../../../scripts/stack/createStack.ts';

/** The stack that scripts/dev.ts asks for, on the ports and in the folder that the environment names. */
export function createStack(options: StackOptions): Stack {
  const { E2E_STATE_DIR: stateDir = '', E2E_PORTS = '' } = process.env;
  const [proxy = 0, storefront = 0, emulator = 0] = E2E_PORTS.split(',').map(Number);
  return create({ ...options, stateDir, ports: { proxy, storefront, emulator } });
}
