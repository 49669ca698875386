interface Palette {
  readonly paper: string;
  readonly ink: string;
  readonly faint: string;
  readonly line: string;
  readonly bar: string;
  readonly sleep: string;
  readonly edge: string;
  readonly gap: string;
  readonly unworn: string;
  readonly rest: string;
  readonly active: string;
  readonly peak: string;
}

const light: Palette = {
  paper: '#ffffff',
  ink: '#1b2430',
  faint: '#5b6776',
  line: '#d9dfe6',
  bar: '#24507f',
  sleep: '#e4dcf6',
  edge: '#7453bd',
  gap: '#b3541e',
  unworn: '#7a8594',
  rest: '#c9e4df',
  active: '#fbe0a6',
  peak: '#b02a5b',
};
const dark: Palette = {
  paper: '#11161d',
  ink: '#e8edf3',
  faint: '#a3afbd',
  line: '#2d3743',
  bar: '#86bbf0',
  sleep: '#372c58',
  edge: '#b49bf0',
  gap: '#f0a070',
  unworn: '#8d99a8',
  rest: '#1f4f49',
  active: '#5d4710',
  peak: '#ff8fb3',
};

/** Plain colours, no variables: viewers other than browsers know classes but not `var()`. */
const colours = ({
  paper,
  ink,
  faint,
  line,
  bar,
  sleep,
  edge,
  gap,
  unworn,
  rest,
  active,
  peak,
}: Palette) => `
text { fill: ${ink}; }
.paper { fill: ${paper}; }
.note, .hour { fill: ${faint}; }
.grid { stroke: ${line}; }
.base { stroke: ${faint}; }
.bar { fill: ${bar}; }
.sleep { fill: ${sleep}; }
.edge { stroke: ${edge}; }
.gap, .hatch-gap { stroke: ${gap}; }
.unworn, .hatch-unworn { stroke: ${unworn}; }
.l5 { fill: ${rest}; }
.m10 { fill: ${active}; }
.peak { stroke: ${peak}; }
.change { stroke: ${faint}; }`;

/** Styles for light and dark surroundings. */
export const actogramStyle = `
text { font: 12px system-ui, -apple-system, 'Segoe UI', Roboto, sans-serif; }
.heading { font-size: 17px; font-weight: 600; }
.edge { stroke-width: 3; }
.detected { stroke-dasharray: 5 3; }
.gap { fill: url(#gap); stroke-width: 0.5; }
.unworn { fill: url(#unworn); stroke-width: 0.5; }
.hatch-gap, .hatch-unworn { stroke-width: 1.5; }
.mark { font-size: 11px; font-weight: 600; }
.peak { stroke-width: 1.5; stroke-dasharray: 2 3; }
.change { stroke-dasharray: 4 3; }
${colours(light)}
@media (prefers-color-scheme: dark) {${colours(dark)}
}`.trim();
