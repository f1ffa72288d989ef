/** The one style sheet: the colours of the desk, large type, focus always in sight, light and dark. */
export const STYLE = `
:root {
  color-scheme: light dark;
  --ink: #14232f; --ink-2: #4a5b68; --line: #d5dde2; --bg: #f3f6f7; --surface: #fff;
  --accent: #0a6170; --accent-ink: #fff; --accent-soft: #e2f0f1;
  --warn-ink: #3d2a00; --warn: #ffcf5a; --bad: #a3242d; --focus: #b06f00;
  font: 112.5%/1.5 "Source Sans 3", "Segoe UI", system-ui, "DejaVu Sans", sans-serif;
}
@media (prefers-color-scheme: dark) {
  :root {
    --ink: #e9eff2; --ink-2: #a9b8c2; --line: #31424e; --bg: #0f1a21; --surface: #17252e;
    --accent: #5cc3cf; --accent-ink: #06222a; --accent-soft: #16343b; --bad: #ff9aa1; --focus: #ffb81c;
  }
}
* { box-sizing: border-box; margin: 0; }
body { background: var(--bg); color: var(--ink); min-height: 100vh; }
.banner { background: var(--warn); color: var(--warn-ink); font-weight: 600; font-size: .85rem; padding: .4rem 1.5rem; text-align: center; }
header, main, footer { width: min(42rem, 100% - 2rem); margin-inline: auto; }
header { display: flex; flex-wrap: wrap; gap: .5rem 1rem; justify-content: space-between; align-items: baseline; padding-block: 1.5rem 1rem; }
.sender { font-weight: 700; }
main { background: var(--surface); border: 1px solid var(--line); border-radius: 16px; padding: clamp(1.25rem, 5vw, 2.25rem); }
footer { padding-block: 1rem 2rem; color: var(--ink-2); font-size: .85rem; }
h1 { font-size: 1.65rem; line-height: 1.2; margin-bottom: .75rem; text-wrap: balance; }
h2 { font-size: 1.05rem; margin: 1.5rem 0 .5rem; }
p, ul, ol, dl, fieldset { margin-bottom: 1rem; }
ul, ol { padding-left: 1.25rem; }
a { color: var(--accent); }
.language { padding: .25rem .5rem; }
.box { background: var(--accent-soft); border-radius: 12px; padding: 1rem 1.25rem; margin-bottom: 1.25rem; }
.box > :last-child { margin-bottom: 0; }
dt { color: var(--ink-2); font-size: .9rem; }
dd { margin: 0 0 .6rem; font-weight: 600; overflow-wrap: anywhere; }
fieldset { border: 1px solid var(--line); border-radius: 12px; padding: .75rem 1.25rem 1rem; }
legend { font-weight: 600; padding-inline: .35rem; }
label { display: flex; gap: .75rem; align-items: center; min-height: 2.75rem; overflow-wrap: anywhere; }
input { width: 1.25rem; height: 1.25rem; flex: none; accent-color: var(--accent); }
.actions { display: flex; flex-wrap: wrap; gap: .75rem; margin: 1.5rem 0 0; }
button { font: inherit; font-weight: 600; min-height: 3rem; padding: .6rem 1.4rem; border: 2px solid var(--accent); border-radius: 12px; background: var(--accent); color: var(--accent-ink); cursor: pointer; }
button.quiet { background: none; color: var(--accent); }
:focus-visible { outline: 3px solid var(--focus); outline-offset: 3px; border-radius: 6px; }
@media (forced-colors: active) { button { border-color: ButtonText; } }
`
