export { createAwsCloud } from './aws-cloud';
export { awsClients, type AwsClients } from './connection/clients';
export { dynamoHealthDataRepository } from './health-data/dynamo-health-data-repository';
export { s3ObjectStore } from './s3-object-store';
