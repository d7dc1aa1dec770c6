import { CONTROLS_STYLE } from './styleControls.ts';

/** Light and dark by the system's setting; one column below 760 px; readable at 360 px. */
export const PAGE_STYLE = `
:root {
  --bg: #f6f7f5; --card: #ffffff; --ink: #1b211e; --soft: #5d6862; --line: #e1e6e2; --edge: #b9c3bd; --accent: #0f6b52; --tint: #e5f3ed;
  --good: #14704b; --good-bg: #dff3e8; --bad: #a3261d; --bad-bg: #fbe6e3; --wait: #855309; --wait-bg: #fcefd2; --none-bg: #edf0ee;
  --mono: ui-monospace, SFMono-Regular, Menlo, Consolas, monospace;
}
@media (prefers-color-scheme: dark) {
  :root {
    --bg: #111614; --card: #1a211e; --ink: #e6ece9; --soft: #9caaa3; --line: #2b3531; --edge: #4a5751; --accent: #5fd3a9; --tint: #18332a;
    --good: #7fdcae; --good-bg: #17382a; --bad: #ff9d92; --bad-bg: #43201d; --wait: #f2c46b; --wait-bg: #3c2d10; --none-bg: #252e2a;
  }
}
* { box-sizing: border-box; }
[hidden] { display: none !important; }
body { margin: 0; background: var(--bg); color: var(--ink); font: 15px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, sans-serif; }
h1, h2, h3, p, dl, dd { margin: 0; }
button, input, select { font: inherit; color: inherit; }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; border-radius: 6px; }
.skip { position: absolute; left: -999px; } .skip:focus { left: 12px; top: 12px; background: var(--card); padding: 6px 12px; z-index: 3; }
header, nav, main { max-width: 1120px; margin: 0 auto; padding: 0 20px; }
header { display: flex; flex-wrap: wrap; gap: 12px; justify-content: space-between; align-items: center; padding-top: 22px; padding-bottom: 14px; }
.brand { display: flex; gap: 12px; align-items: center; min-width: 0; }
.mark { width: 34px; height: 34px; border-radius: 10px; background: linear-gradient(135deg, var(--accent), #3c8dbc); flex: none; }
h1 { font-size: 18px; line-height: 1.2; letter-spacing: -.01em; }
#account { color: var(--soft); font-size: 13px; overflow-wrap: anywhere; }
#live { display: inline-flex; gap: 8px; align-items: center; color: var(--soft); font-size: 13px; font-variant-numeric: tabular-nums; }
.dot { width: 8px; height: 8px; border-radius: 50%; background: var(--wait); } .on .dot { background: var(--good); } .off .dot { background: var(--bad); }
nav { position: sticky; top: 0; z-index: 2; background: var(--bg); display: flex; flex-wrap: wrap; gap: 0 2px; border-bottom: 1px solid var(--line); }
nav button { border: 0; background: none; padding: 12px 9px 10px; color: var(--soft); font-weight: 500; cursor: pointer; white-space: nowrap; border-bottom: 2px solid transparent; }
nav button:hover { color: var(--ink); }
nav button[aria-selected="true"] { color: var(--ink); border-bottom-color: var(--accent); }
.count { display: inline-block; min-width: 25px; text-align: center; font-size: 12px; font-weight: 500; font-variant-numeric: tabular-nums; color: var(--soft); background: var(--none-bg); border-radius: 99px; padding: 1px 6px; margin-left: 6px; }
main { padding-top: 18px; padding-bottom: 90px; } main:focus { outline: none; }
.card { background: var(--card); border: 1px solid var(--line); border-radius: 12px; padding: 14px 16px; margin-bottom: 10px; min-width: 0; }
.row { display: flex; flex-wrap: wrap; gap: 4px 10px; align-items: baseline; justify-content: space-between; }
.row > :first-child { flex: 1 1 auto; min-width: 0; }
.name { font-weight: 600; overflow-wrap: anywhere; }
.value { font-weight: 600; font-variant-numeric: tabular-nums; white-space: nowrap; }
.meta { color: var(--soft); font-size: 13px; display: flex; flex-wrap: wrap; gap: 2px 12px; overflow-wrap: anywhere; }
a { color: var(--accent); } .link { text-decoration: none; overflow-wrap: anywhere; } .link:hover { text-decoration: underline; }
.numbers { font-variant-numeric: tabular-nums; }
.mono, pre { font-family: var(--mono); font-size: 12.5px; overflow-wrap: anywhere; }
pre { margin: 6px 0 0; padding: 10px 12px; background: var(--bg); border: 1px solid var(--line); border-radius: 8px; white-space: pre-wrap; max-height: 420px; overflow: auto; }
.props { display: grid; grid-template-columns: minmax(90px, max-content) minmax(0, 1fr); gap: 2px 14px; margin-top: 8px; font-size: 13.5px; }
.props dt { color: var(--soft); overflow-wrap: anywhere; } .props dd { overflow-wrap: anywhere; }
details > summary { cursor: pointer; color: var(--soft); font-size: 13px; }
.badge { display: inline-block; font-size: 12px; line-height: 1.4; font-weight: 500; padding: 1px 8px; border-radius: 99px; background: var(--none-bg); color: var(--soft); white-space: nowrap; }
.badge.good { background: var(--good-bg); color: var(--good); } .badge.bad { background: var(--bad-bg); color: var(--bad); } .badge.wait { background: var(--wait-bg); color: var(--wait); }
.badges .badge { overflow-wrap: anywhere; white-space: normal; border-radius: 12px; }
.badge.account { background: none; border: 1px solid var(--line); }
.badges:empty, .members:empty, .props:empty { display: none; } .cards .card { margin: 0; }
.badge.anonymous { background: none; border: 1px dashed var(--soft); }
.badges { display: flex; flex-wrap: wrap; gap: 5px; margin-top: 6px; } .row > .badges { margin: 0; gap: 2px 8px; align-items: center; }
.columns { display: grid; grid-template-columns: 330px minmax(0, 1fr); gap: 18px; align-items: start; }
.side { position: sticky; top: 62px; max-height: calc(100vh - 80px); overflow: auto; padding: 3px; }
.find { width: 100%; padding: 8px 12px; margin-bottom: 10px; background: var(--card); border: 1px solid var(--line); border-radius: 10px; }
.person { display: block; width: 100%; text-align: left; cursor: pointer; } .person:hover { border-color: var(--soft); }
.person[aria-current="true"] { border-color: var(--accent); background: var(--tint); }
h2 { font-size: 20px; letter-spacing: -.01em; overflow-wrap: anywhere; } h3 { font-size: 13px; text-transform: uppercase; letter-spacing: .05em; color: var(--soft); margin: 20px 0 8px; }
.timeline { border-left: 2px solid var(--line); padding-left: 16px; margin-left: 6px; }
.timeline .card { position: relative; } .timeline .card::before { content: ""; position: absolute; left: -23px; top: 18px; width: 10px; height: 10px; border-radius: 50%; background: var(--accent); border: 2px solid var(--bg); }
.consents { display: grid; grid-template-columns: repeat(auto-fill, minmax(210px, 1fr)); gap: 8px; }
.consent { border: 1px solid var(--line); border-radius: 10px; padding: 8px 12px; background: var(--card); font-size: 13.5px; }
.cards { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(100%, 330px), 1fr)); gap: 12px; align-items: start; }
.members { margin-top: 10px; display: grid; gap: 4px; font-size: 14px; max-height: 360px; overflow: auto; }
.log .card { padding: 8px 14px; margin-bottom: 6px; }
.problems { margin: 6px 0 0; padding-left: 18px; font-size: 13.5px; overflow-wrap: anywhere; } .problems li { margin-bottom: 6px; }
.hint { color: var(--soft); font-size: 13.5px; } #dropped > .hint { margin-bottom: 12px; }
.unseen { position: absolute; width: 1px; height: 1px; margin: -1px; padding: 0; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
.empty { color: var(--soft); text-align: center; padding: 48px 16px; }
.fresh { animation: arrive 1.6s ease-out; }
@keyframes arrive { from { background: var(--tint); border-color: var(--accent); } }
${CONTROLS_STYLE}@media (prefers-reduced-motion: reduce) { .fresh { animation: none; } }
@media (max-width: 760px) {
  header, nav, main { padding-left: 14px; padding-right: 14px; }
  .columns { grid-template-columns: minmax(0, 1fr); }
  nav { position: static; display: grid; grid-template-columns: repeat(auto-fill, minmax(108px, 1fr)); }
  .side { position: static; max-height: 300px; }
  nav button { padding: 7px 2px 5px; font-size: 14px; text-align: left; }
}
`;
