/** The look of report.html, light and dark. */
export const stylesheet = `
:root { color-scheme: light dark; --ink: #17212b; --soft: #5b6875; --line: #dfe5ea; --paper: #fff; --back: #f4f6f8; --good: #13795b; --bad: #b3261e; --bar: #2f6fde; --link: #1d56b8; --warn: #c97a00; }
@media (prefers-color-scheme: dark) { :root { --ink: #e8edf2; --soft: #9aa7b4; --line: #2d3742; --paper: #1a222b; --back: #11171d; --good: #58c9a0; --bad: #ff8a80; --bar: #6ea3ff; --link: #8bb6ff; --warn: #f0a534; } }
* { box-sizing: border-box; }
body { margin: 0; font: 15px/1.5 system-ui, sans-serif; color: var(--ink); background: var(--back); }
header, main { max-width: 62rem; margin: 0 auto; padding: 0 1.5rem; }
header { padding-top: 2.5rem; }
.product { margin: 0; color: var(--soft); letter-spacing: .08em; text-transform: uppercase; font-size: .8rem; }
h1 { margin: .2rem 0; font-size: 2rem; } h1.good { color: var(--good); } h1.bad { color: var(--bad); }
h2 { margin: 0 0 .8rem; font-size: 1.15rem; }
section { background: var(--paper); border: 1px solid var(--line); border-radius: 12px; padding: 1.3rem 1.5rem; margin: 1.2rem 0; overflow-x: auto; }
.failure { border-color: var(--bad); } pre { white-space: pre-wrap; overflow-wrap: anywhere; }
.figures { list-style: none; display: grid; grid-template-columns: repeat(auto-fit, minmax(14rem, 1fr)); gap: 1rem; margin: 1.5rem 0; padding: 0; }
.figures li { background: var(--paper); border: 1px solid var(--line); border-radius: 12px; padding: 1rem; color: var(--soft); }
.figures b { display: block; font-size: 1.6rem; white-space: nowrap; color: var(--ink); font-variant-numeric: tabular-nums; }
table { border-collapse: collapse; width: 100%; } th { text-align: left; font-weight: 500; } thead th { color: var(--soft); font-size: .85rem; }
td, th { padding: .4rem .6rem .4rem 0; border-bottom: 1px solid var(--line); vertical-align: middle; } tr:last-child > * { border-bottom: 0; }
.time { white-space: nowrap; } .number { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
.scenarios { table-layout: fixed; } .scenarios th:first-child { width: 44%; } .scenarios th.number, .scenarios td.number { width: 6.5rem; } small { display: block; color: var(--soft); font-weight: 400; overflow-wrap: anywhere; }
.bar div { position: relative; height: .8rem; } .bar i { position: absolute; top: 0; bottom: 0; min-width: 3px; border-radius: 3px; background: var(--bar); } th.bar span { position: absolute; font-size: .75rem; white-space: nowrap; } th.bar div { height: 1.1rem; margin-right: 2.5rem; } td.bar div { margin-right: 2.5rem; }
tr.failed .bar i { background: var(--bad); } tr.failed > th, tr.failed > td:nth-child(2), tr.failed > th a { color: var(--bad); } tr.stopped .bar i { opacity: .4; }
a { color: var(--link); text-underline-offset: .15em; text-decoration-thickness: 1px; } summary { cursor: pointer; color: var(--soft); font-size: .9rem; margin-top: .4rem; } details table { font-size: .85rem; }
.legend { display: flex; flex-wrap: wrap; gap: .3rem 1.4rem; list-style: none; margin: .8rem 0 0; padding: 0; color: var(--soft); font-size: .85rem; } .legend i { display: inline-block; width: 1rem; height: .6rem; border-radius: 2px; margin-right: .4rem; }
.legend .serves { background: var(--bar); } .legend .pale { background: var(--bar); opacity: .3; } .legend .never { background: var(--bad); opacity: .7; } .legend .broken { background: var(--warn); } .legend .failed { background: var(--bad); }
.job { display: inline-block; margin: .1rem .3rem .1rem 0; padding: 0 .5rem; border-radius: 999px; border: 1px solid var(--line); font-size: .85rem; white-space: nowrap; } .job.success { border-color: var(--good); color: var(--good); } .job.failure { border-color: var(--bad); color: var(--bad); } .job.skipped, .job.cancelled { color: var(--soft); border-style: dashed; }
.comment { width: 100%; height: 26rem; border: 1px solid var(--line); border-radius: 8px; background: Canvas; }
.columns { display: grid; grid-template-columns: repeat(auto-fit, minmax(20rem, 1fr)); gap: 1.5rem; margin-top: 1rem; } .columns table { align-self: start; }
svg { display: block; width: 100%; height: auto; } svg text { font-size: 11px; fill: var(--soft); }
svg .serves { fill: var(--bar); } svg .pale { fill: var(--bar); opacity: .3; } svg .never { fill: var(--bad); opacity: .7; }
svg .load { fill: none; stroke: var(--good); stroke-width: 1.2; } svg .broken { fill: var(--warn); } svg .failed { fill: var(--bad); } svg .tick { stroke: var(--line); }
img { display: block; width: 100%; height: auto; margin: .5rem 0; background: #fff; border-radius: 8px; } .note { color: var(--soft); }
`;
