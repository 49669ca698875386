interface Palette {
  readonly paper: string;
  readonly ink: string;
  readonly faint: string;
  readonly line: string;
  readonly bar: string;
  readonly sleep: string;
  readonly edge: string;
  readonly gap: string;
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
};

/** Plain colours, no variables: viewers other than browsers know classes but not `var()`. */
const colours = ({ paper, ink, faint, line, bar, sleep, edge, gap }: Palette) => `
text { fill: ${ink}; }
.paper { fill: ${paper}; }
.note, .hour { fill: ${faint}; }
.grid { stroke: ${line}; }
.base { stroke: ${faint}; }
.bar { fill: ${bar}; }
.sleep { fill: ${sleep}; }
.edge { stroke: ${edge}; }
.gap { stroke: ${gap}; }
.hatch { stroke: ${gap}; }`;

/** Styles for light and dark surroundings. */
export const actogramStyle = `
text { font: 12px system-ui, -apple-system, 'Segoe UI', Roboto, sans-serif; }
.heading { font-size: 17px; font-weight: 600; }
.edge { stroke-width: 3; }
.detected { stroke-dasharray: 5 3; }
.gap { fill: url(#gap); stroke-width: 0.5; }
.hatch { stroke-width: 1.5; }
${colours(light)}
@media (prefers-color-scheme: dark) {${colours(dark)}
}`.trim();
