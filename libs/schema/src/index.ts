export { configOrExit } from './config-or-exit';
export { jsonParser, parser, stored } from './parse';
export {
  problemCatalogue,
  problemContentType,
  problemType,
  type ProblemName,
} from './problem-catalogue';
export { sha256Of, sha256Schema } from './sha256';
export { ValidationError, type FieldError } from './validation-error';
