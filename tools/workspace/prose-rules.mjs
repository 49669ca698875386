/**
 * What docs/writing.md asks for, as far as a pattern can find it: [pattern, what to write instead].
 * A pattern must not match good English, because a rule cannot be switched off for a line.
 */
export const proseRules = [
  [/@(?:throws|returns) .*\bwhere\b/, '"if"'],
  [
    /\bwhere (?:there (?:is|are|was)|none|nothing|it (?:has|cannot|can|does|fails)|that is|one is)\b/i,
    '"if"',
  ],
  [
    /(?<!there )\b(?:is|are|was|were) no (?!longer|more|less|matter|way|sign|reason|room|other|such|one\b|doubt|different|better|worse|later|earlier)[a-z]+(?=[ ,.;)'"`]|$)/i,
    '"is not a …"',
  ],
  [
    /\b(?:one|once|line|file|folder|job|row|schema|commit|process|stack|bucket|task|call) an? (?:app|account|event|mode|verb|environment|user|project|stack|service|commit|run|job|task)\b/,
    '"per"',
  ],
  [
    /\b(?:for ever|by then|anew|so much as|unasked|spoilt|to be had|nobody knows|not played here)\b/i,
    'plain words (docs/writing.md)',
  ],
  [/\bwhoever\b/i, 'who it is: "a client", "the operator"'],
  [
    /\b(?:is|are|was|were|as) told\b|\btold (?:to|that|in|by|apart)\b/,
    '"asked", "configured", "passed"',
  ],
  [
    /\b(?:and|that|which|it|ECS|AWS|GitHub|error|message|test|log) says (?:why|what|where|so|that|in|no)\b/,
    '"reports", "names", "prints"',
  ],
  [/\btime-out/, '"timeout"'],
  [/\b[Mm]end(?:s|ed)?\b/, '"fix"'],
  [/\bbeside\b/, '"next to"'],
  [/\b(?:says|tells|knows) of\b/, '"reports", "names"'],
  [
    /\b(?:which|that|it|they) (?:stands?|lies?) (?:in(?! for)|on|at|under|behind|there)\b/,
    '"is", "are"',
  ],
  [/\b(?:is|are|was|were) held to\b|\bholds? (?:it|them) to\b/, '"checked against"'],
];
