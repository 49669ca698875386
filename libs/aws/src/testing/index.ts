export {
  createBucket,
  createQueue,
  createTable,
  createTopic,
  createUserPool,
} from './create-resources';
export { stubDynamo, type StubDynamo } from './stub-dynamo/stub-dynamo';
export type { CapacityUnits } from './stub-dynamo/capacity-meter';
