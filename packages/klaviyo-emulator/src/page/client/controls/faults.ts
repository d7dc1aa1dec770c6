import type { PageData } from '../../describePage.ts';
import { FAULT_PRESETS } from '../../faultPresets.ts';
import { byId } from '../byId.ts';
import { control } from '../control.ts';
import { keepRows } from '../keepRows.ts';
import { make } from '../make.ts';
import { say } from '../say.ts';
import { describeFault } from './describeFault.ts';
import { readField } from './readField.ts';

type Fault = PageData['faults'][number];

const UNTIL_ENDED = -1;
const PERCENT = 100;

/** What is still planned. */
export function showFaults({ faults }: PageData): void {
  const rows = faults.map((fault, at) => ({ key: String(at), data: fault }));
  keepRows(byId('faults-left', HTMLElement), rows, {
    build: faultRow,
    empty: 'No faults: requests are answered as usual.',
  });
  byId('faults-end', HTMLButtonElement).disabled = faults.length === 0;
}

export function startFaults(): void {
  const form = byId('faults-form', HTMLFormElement);
  form.addEventListener('change', () => {
    // How many does not matter to a fault that stays.
    byId('faults-count', HTMLInputElement).disabled = byId('faults-endless', HTMLInputElement).checked;
  });
  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    const now = await control('faults');
    // The route answers the list of what remains; posting replaces it, so that the new one goes behind the others.
    const planned = now.ok ? (now.value as Fault[]) : undefined;
    const fault = readFault(form);
    if (planned && (await control('faults', [...planned, fault])).ok) say(`Planned: ${describeFault(fault)}.`);
  });
  byId('faults-end', HTMLElement).addEventListener('click', async () => {
    if ((await control('faults', [])).ok) say('All faults ended.');
  });
}

function readFault(form: HTMLFormElement): Fault {
  const operation = readField(form, 'operation');
  const percent = Number(readField(form, 'percent'));
  return {
    ...FAULT_PRESETS.find(({ id }) => id === readField(form, 'preset'))?.fault,
    ...(operation === '' ? {} : { operation }),
    count: byId('faults-endless', HTMLInputElement).checked ? UNTIL_ENDED : Number(readField(form, 'count')),
    ...(percent < PERCENT ? { probability: percent / PERCENT } : {}),
  };
}

function faultRow(fault: Fault): HTMLElement {
  const { operation, count, skip, probability, ...kind } = fault;
  const json = make('span', { class: 'mono meta' }, JSON.stringify(kind));
  return make('div', { class: 'row fault' }, make('span', {}, describeFault(fault)), json);
}
