export { recordSpans } from './record-spans';
