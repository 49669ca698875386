/** What docs/writing.md asks for, as far as a pattern can find it: [pattern, what to write instead]. */
export const proseRules = [
  [/@throws (\w+ )+where\b/, '"if"'],
  [
    /\bwhere (it|that|this|they|there|none|nothing|one|a caller|the caller) (is|are|was|were|has|have|does|did|can|cannot|could|must|fails)\b/i,
    '"if"',
  ],
  [
    /\b(is|are|was|were) no (?!longer|more|less|matter|need|way|sign|change|changes|reason|room|other|such|one\b|doubt|difference)[a-z]+(?=[ ,.;)'"`]|$)/,
    '"is not a …"',
  ],
  [
    /\b(one|once|twice|per cent|a (?:line|file|folder|job|row|schema|commit|process|stack|bucket|task|call|day|week|run)) an? (app|account|event|mode|verb|environment|minute|user|project|stack|service|day|hour|commit|run|second|job|task)\b/,
    '"per"',
  ],
  [
    /\b(?:for ever|by then|anew|whosoever|so much as|time-out|unasked|spoilt|none to be had|to be had|nobody knows|not played here|hitherto|thereof|whence)\b/i,
    'plain words (docs/writing.md)',
  ],
  [/\b[Mm]end(?:s|ed)?\b/, '"fix"'],
  [/\bbeside(?! each other\b)\b/, '"next to"'],
  [/\b(?:says|tells|knows) of\b/, '"reports", "names"'],
  [
    /\b(?:which|that|it|they) (?:stands|lies|stand|lie) (?:in|on|at|under|behind|there)\b/,
    '"is", "are"',
  ],
  [/\bheld to\b|\bholds (?:it|them) to\b/, '"checked against"'],
];
