/** Buttons, forms and what answers them. */
export const CONTROLS_STYLE = `
button:not([role="tab"], .person), .button { background: var(--card); border: 1px solid var(--edge); border-radius: 8px; padding: 5px 12px; cursor: pointer; font-size: 14px; line-height: 1.5; }
button:not([role="tab"], .person):hover { border-color: var(--accent); }
button:disabled { opacity: .5; cursor: default; }
button.strong { background: var(--accent) !important; border-color: var(--accent) !important; color: var(--card); font-weight: 600; }
button.danger { color: var(--bad); border-color: currentColor !important; }
.buttons { display: flex; flex-wrap: wrap; gap: 8px; margin-top: 10px; }
.consent .row { margin-top: 4px; align-items: center; } .consent .row > .badge { flex: 0 1 auto; white-space: normal; border-radius: 12px; } .consent button { padding: 1px 10px; font-size: 13px; }
.panels { display: grid; grid-template-columns: repeat(2, minmax(0, 1fr)); gap: 14px; align-items: start; }
.panel { margin: 0; padding: 16px 18px 18px; height: 100%; } .wide { grid-column: 1 / -1; }
.panel h2 { font-size: 16px; margin-bottom: 8px; } .panel p + p { margin-top: 10px; }
.clock { display: flex; flex-wrap: wrap; gap: 4px 10px; align-items: center; font-size: 20px; font-weight: 600; font-variant-numeric: tabular-nums; } .clock + .meta { margin-top: 2px !important; }
fieldset { border: 0; margin: 0; padding: 0; min-width: 0; }
.fields { display: flex; flex-wrap: wrap; gap: 10px 12px; align-items: end; margin-top: 14px; }
.fields label:not(.check) { display: grid; gap: 3px; font-size: 13px; color: var(--soft); min-width: 0; }
.fields input:not([type="checkbox"]), .fields select { width: 100%; min-width: 0; height: 36px; padding: 4px 10px; background: var(--bg); color: var(--ink); border: 1px solid var(--edge); border-radius: 8px; font-size: 14px; }
.fields input[type="number"] { width: 130px; } .fields button { height: 36px; }
input:disabled { opacity: .5; }
.fields + .hint { margin-top: 10px; }
.check { display: inline-flex; gap: 8px; align-items: center; min-height: 36px; font-size: 14px; } input { accent-color: var(--accent); }
.presets { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(100%, 225px), 1fr)); gap: 8px; }
.preset { display: flex; gap: 10px; align-items: baseline; border: 1px solid var(--edge); border-radius: 10px; padding: 8px 12px; cursor: pointer; }
.preset b { display: block; font-size: 14px; font-weight: 600; } .preset small { color: var(--soft); font-size: 12.5px; }
.preset:has(:checked) { border-color: var(--accent); background: var(--tint); } .preset:has(:focus-visible) { outline: 2px solid var(--accent); outline-offset: 2px; }
.fault { padding: 6px 0; border-top: 1px solid var(--line); } #faults-left .empty { padding: 12px 0; text-align: left; }
.filters { display: flex; flex-wrap: wrap; gap: 10px; margin-bottom: 12px; } .filters .find { flex: 1 1 220px; width: auto; margin: 0; }
.segmented { display: flex; background: var(--card); border: 1px solid var(--line); border-radius: 10px; padding: 3px; }
.segmented input { position: absolute; opacity: 0; } .segmented span { display: block; padding: 4px 11px; border-radius: 7px; cursor: pointer; font-size: 14px; }
.segmented :checked + span { background: var(--tint); color: var(--accent); font-weight: 600; } .segmented :focus-visible + span { outline: 2px solid var(--accent); }
#clock-freeze { min-width: 78px; }
dialog { max-width: min(420px, 100vw - 28px); border: 1px solid var(--line); border-radius: 14px; padding: 20px; background: var(--card); color: var(--ink); } dialog::backdrop { background: rgb(0 0 0 / .45); }
#said { position: fixed; left: 16px; right: 16px; bottom: 16px; z-index: 4; display: flex; gap: 10px; justify-content: center; align-items: center; pointer-events: none; }
#said p { border-radius: 10px; font-size: 14px; max-width: 640px; overflow-wrap: anywhere; } #said p:not(:empty) { padding: 9px 16px; box-shadow: 0 4px 18px rgb(0 0 0 / .25); }
#said .good { background: var(--ink); color: var(--bg); } #said .bad { background: var(--bad-bg); color: var(--bad); border: 1px solid var(--bad); } #said button { pointer-events: auto; }
@media (max-width: 760px) {
  .panels { grid-template-columns: minmax(0, 1fr); }
  .fields label:not(.check) { flex: 1 1 130px; } .fields label:not(.check):has(select, [type="datetime-local"]) { flex-basis: 100%; } .fields input[type="number"] { width: 100%; }
  .segmented span { padding: 4px 8px; }
}
`;
