import { OPERATIONS } from '../operations.ts';
import { FAULT_PRESETS } from './faultPresets.ts';

const PRESETS = FAULT_PRESETS.map(
  ({ id, name, hint }, at) =>
    `<label class="preset"><input type="radio" name="preset" value="${id}"${at === 0 ? ' checked' : ''}><span><b>${name}</b><small>${hint}</small></span></label>`,
).join('\n        ');

const CHOICES = Object.keys(OPERATIONS)
  .sort()
  .map((name) => `<option>${name}</option>`)
  .join('');

/** The forms that steer the emulator. They stand here once and are never rebuilt, so that an update takes no input away. */
export const CONTROLS_HTML = `
    <div class="panels">
      <section class="card panel" aria-labelledby="clock-title">
        <h2 id="clock-title">Clock</h2>
        <p class="clock"><time id="clock-now"></time><span id="clock-state" class="badge"></span></p>
        <p id="clock-utc" class="meta mono"></p>
        <div class="buttons">
          <button type="button" id="clock-freeze">Freeze</button>
          <button type="button" data-advance="60000">+1 minute</button>
          <button type="button" data-advance="3600000">+1 hour</button>
          <button type="button" data-advance="86400000">+1 day</button>
        </div>
        <form id="clock-set" class="fields">
          <label>Set to, in your time zone<input type="datetime-local" id="clock-time" step="1" required></label>
          <button>Set the clock</button>
        </form>
      </section>
      <section class="card panel" aria-labelledby="limits-title">
        <h2 id="limits-title">Rate limits</h2>
        <label class="check"><input type="checkbox" id="limits-on"> Enforce Klaviyo's limits</label>
        <form id="limits-scale" class="fields">
          <label>Every limit times<input type="number" id="limits-factor" min="0" step="any" required></label>
          <button>Apply</button>
        </form>
        <p class="hint">0.1 makes a limit ten times tighter; each stays at least 1.</p>
      </section>
      <section class="card panel wide" aria-labelledby="faults-title">
        <h2 id="faults-title">Faults</h2>
        <form id="faults-form">
          <fieldset class="presets"><legend class="unseen">What goes wrong</legend>
        ${PRESETS}
          </fieldset>
          <div class="fields">
            <label>Operation<select name="operation"><option value="">Every operation</option>${CHOICES}</select></label>
            <label>Requests<input type="number" id="faults-count" name="count" min="1" step="1" value="1" required></label>
            <label>Probability in %<input type="number" name="percent" min="0.1" max="100" step="any" value="100" required></label>
            <label class="check"><input type="checkbox" id="faults-endless" name="endless"> Until ended</label>
            <button class="strong">Add the fault</button>
          </div>
        </form>
        <div class="row"><h3>What remains</h3><button type="button" id="faults-end" disabled>End all faults</button></div>
        <div id="faults-left"></div>
      </section>
      <section class="card panel" aria-labelledby="people-title">
        <h2 id="people-title">People</h2>
        <p class="hint">Open a profile to answer its double opt-in, or to let it unsubscribe, complain or bounce.</p>
        <p><a href="#/profiles">Go to profiles</a></p>
      </section>
      <section class="card panel" aria-labelledby="reset-title">
        <h2 id="reset-title">Reset</h2>
        <p class="hint">Back to the beginning: no data, faults or log. The clock stays where it is.</p>
        <p><button type="button" id="reset" class="danger">Reset everything</button></p>
        <dialog id="reset-dialog" aria-labelledby="reset-question">
          <h2 id="reset-question">Erase everything?</h2>
          <p class="hint">Events, profiles, lists, jobs, faults and the request log go. This cannot be undone.</p>
          <p class="buttons"><button type="button" id="reset-no">Cancel</button><button type="button" id="reset-yes" class="danger">Erase everything</button></p>
        </dialog>
      </section>
    </div>
  `;
