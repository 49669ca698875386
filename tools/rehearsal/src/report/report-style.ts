/** The look of report.html, light and dark. */
export const stylesheet = `
:root { color-scheme: light dark; --ink: #17212b; --soft: #5b6875; --line: #dfe5ea; --paper: #fff; --back: #f4f6f8; --good: #13795b; --bad: #b3261e; --bar: #2f6fde; }
@media (prefers-color-scheme: dark) { :root { --ink: #e8edf2; --soft: #9aa7b4; --line: #2d3742; --paper: #1a222b; --back: #11171d; --good: #58c9a0; --bad: #ff8a80; --bar: #6ea3ff; } }
* { box-sizing: border-box; }
body { margin: 0; font: 15px/1.5 system-ui, sans-serif; color: var(--ink); background: var(--back); }
header, main { max-width: 62rem; margin: 0 auto; padding: 0 1.5rem; }
header { padding-top: 2.5rem; }
.product { margin: 0; color: var(--soft); letter-spacing: .08em; text-transform: uppercase; font-size: .8rem; }
h1 { margin: .2rem 0; font-size: 2rem; } h1.good { color: var(--good); } h1.bad { color: var(--bad); }
h2 { margin: 0 0 .8rem; font-size: 1.15rem; }
section { background: var(--paper); border: 1px solid var(--line); border-radius: 12px; padding: 1.3rem 1.5rem; margin: 1.2rem 0; overflow-x: auto; }
.failure { border-color: var(--bad); } pre { white-space: pre-wrap; overflow-wrap: anywhere; }
.figures { list-style: none; display: grid; grid-template-columns: repeat(auto-fit, minmax(11rem, 1fr)); gap: 1rem; margin: 1.5rem 0; padding: 0; }
.figures li { background: var(--paper); border: 1px solid var(--line); border-radius: 12px; padding: 1rem 1.2rem; color: var(--soft); }
.figures b { display: block; font-size: 1.7rem; color: var(--ink); font-variant-numeric: tabular-nums; }
table { border-collapse: collapse; width: 100%; } th { text-align: left; font-weight: 500; } thead th { color: var(--soft); font-size: .85rem; }
td, th { padding: .4rem .6rem .4rem 0; border-bottom: 1px solid var(--line); vertical-align: middle; } tr:last-child > * { border-bottom: 0; }
.number { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
.steps th { width: 46%; } .steps small { display: block; color: var(--soft); font-weight: 400; overflow-wrap: anywhere; }
.bar { width: 44%; } .bar i { display: block; height: .75rem; border-radius: 4px; background: var(--bar); } .bad .bar i { background: var(--bad); } tr.bad th { color: var(--bad); }
.workflows small { display: block; color: var(--soft); font-weight: 400; } .workflows tr.bad td:nth-child(2) { color: var(--bad); font-weight: 600; }
.job { display: inline-block; margin: .1rem .3rem .1rem 0; padding: 0 .5rem; border-radius: 999px; border: 1px solid var(--line); font-size: .85rem; white-space: nowrap; } .job.success { border-color: var(--good); color: var(--good); } .job.failure { border-color: var(--bad); color: var(--bad); } .job.skipped, .job.cancelled { color: var(--soft); border-style: dashed; }
.comment { width: 100%; height: 26rem; border: 1px solid var(--line); border-radius: 8px; background: Canvas; }
.columns { display: grid; grid-template-columns: repeat(auto-fit, minmax(20rem, 1fr)); gap: 1.5rem; margin-top: 1rem; } .columns table { align-self: start; }
svg { display: block; width: 100%; height: auto; } svg text { font-size: 11px; fill: var(--soft); }
svg .serves { fill: var(--bar); } svg .pale { fill: var(--bar); opacity: .3; } svg .never { fill: var(--bad); opacity: .7; }
svg .load { fill: none; stroke: var(--good); stroke-width: 1.2; } svg .broken { fill: #e08a00; } svg .failed { fill: var(--bad); } svg .tick { stroke: var(--line); }
img { display: block; width: 100%; height: auto; margin: .5rem 0; background: #fff; border-radius: 8px; } .note { color: var(--soft); }
`;
