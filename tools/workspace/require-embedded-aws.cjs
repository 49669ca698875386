const { URL } = require('node:url');

/** These tests create and fill resources: they run against an embedded AWS, and never the real one. */
module.exports = () => {
  const endpoint = process.env.AWS_ENDPOINT_URL;
  if (!endpoint || /(^|\.)amazonaws\.com(\.cn)?$/.test(new URL(endpoint).hostname))
    throw new Error(
      'These tests need AWS_ENDPOINT_URL to name an embedded AWS; `npx nx test <project>` starts one.',
    );
  for (const name of Object.keys(process.env))
    if (name.startsWith('AWS_') && name !== 'AWS_ENDPOINT_URL') delete process.env[name];
  Object.assign(process.env, {
    AWS_REGION: 'us-east-1',
    AWS_ACCESS_KEY_ID: 'test',
    AWS_SECRET_ACCESS_KEY: 'test',
    AWS_EC2_METADATA_DISABLED: 'true',
    AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
  });
};
