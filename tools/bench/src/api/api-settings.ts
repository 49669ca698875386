/** The environment of the API as it is built, but for the addresses of what it uses. */
export const apiSettings = {
  CLARITY_ENV: 'local',
  RELEASE: 'bench',
  HOST: '127.0.0.1',
  LOG_LEVEL: 'warn',
  AWS_REGION: 'us-east-1',
  AWS_ACCESS_KEY_ID: 'test',
  AWS_SECRET_ACCESS_KEY: 'test',
  AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
  TABLE_NAME: 'health',
  DATA_BUCKET: 'data',
  MODEL_PREFIX: 'models/none',
  EVENTS_TOPIC_ARN: 'arn:aws:sns:us-east-1:123456789012:none',
  CURSOR_KEY: 'a key for the cursors of this bench only',
  // The work is measured, not the limits.
  USER_REQUESTS_PER_MINUTE: '999999999',
  ADDRESS_REQUESTS_PER_MINUTE: '999999999',
  MAX_EVENT_LOOP_DELAY_MS: '0',
};
