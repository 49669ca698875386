/** Colours for light and dark surroundings; forced colours (high contrast) are left to the reader's. */
export const actogramStyle = `
svg { --paper: #ffffff; --ink: #1b2430; --faint: #5b6776; --line: #d9dfe6; --bar: #24507f; --sleep: #e4dcf6; --edge: #7453bd; --gap: #b3541e; }
@media (prefers-color-scheme: dark) { svg { --paper: #11161d; --ink: #e8edf3; --faint: #a3afbd; --line: #2d3743; --bar: #86bbf0; --sleep: #372c58; --edge: #b49bf0; --gap: #f0a070; } }
text { font: 12px system-ui, -apple-system, 'Segoe UI', Roboto, sans-serif; fill: var(--ink); }
.paper { fill: var(--paper); }
.heading { font-size: 17px; font-weight: 600; }
.note, .hour { fill: var(--faint); }
.grid { stroke: var(--line); }
.base { stroke: var(--faint); }
.bar { fill: var(--bar); }
.sleep { fill: var(--sleep); }
.edge { stroke: var(--edge); stroke-width: 3; }
.detected { stroke-dasharray: 5 3; }
.gap { fill: url(#gap); stroke: var(--gap); stroke-width: 0.5; }
.hatch { stroke: var(--gap); stroke-width: 1.5; }
`.trim();
