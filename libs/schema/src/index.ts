export { jsonParser, parser, stored } from './parse';
export {
  problemCatalogue,
  problemContentType,
  problemType,
  type ProblemName,
} from './problem-catalogue';
export { ValidationError, type FieldError } from './validation-error';
