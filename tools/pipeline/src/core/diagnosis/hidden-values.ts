/**
 * Values that a log line should not have had, and that a job summary must not repeat: more people can read it
 * than can read the log. Ids of users and requests are opaque and stay.
 */
const hidden: readonly RegExp[] = [
  // An email address.
  /[\p{L}\p{N}._%+-]+@[\p{L}\p{N}-]+(\.[\p{L}\p{N}-]+)+/gu,
  // A JSON Web Token.
  /\beyJ[\w-]+\.[\w-]+\.[\w-]*/g,
  // What follows an authorization scheme, or the name of a secret in JSON or a query.
  /(?<=\b(bearer|basic)\s+)[\w.~+/=-]{8,}/gi,
  /(?<="(password|secret|token|apiKey|authorization)":\s*")[^"]+/gi,
  /(?<=\b(password|secret|token|api_key)=)[^\s&"]+/gi,
  // The signature and the credential of a presigned URL.
  /(?<=X-Amz-(Signature|Credential|Security-Token)=)[^&\s"]+/gi,
  // An AWS access key id.
  /\b(AKIA|ASIA)[A-Z0-9]{16}\b/g,
];

/** A log line for a job summary. */
export function withoutSecrets(line: string): string {
  return hidden.reduce((text, pattern) => text.replace(pattern, '(hidden)'), line);
}
