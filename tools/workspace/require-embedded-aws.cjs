const { URL } = require('node:url');

/** Nothing listens there: a test that needs AWS fails at once. */
const nowhere = 'http://127.0.0.1:1';

/**
 * Some of these tests create and fill resources: they run against an embedded AWS and never the real one.
 * Without one, the tests that need none still run.
 */
module.exports = () => {
  const endpoint = process.env.AWS_ENDPOINT_URL;
  if (!endpoint)
    process.stderr.write(
      'AWS_ENDPOINT_URL is not set: tests that need the embedded AWS will fail. `npx nx test <project>` starts one.\n',
    );
  else if (/(^|\.)amazonaws\.com(\.cn)?$/.test(new URL(endpoint).hostname))
    throw new Error('AWS_ENDPOINT_URL names the real AWS; these tests change what they find.');
  for (const name of Object.keys(process.env))
    if (name.startsWith('AWS_') && name !== 'AWS_ENDPOINT_URL') delete process.env[name];
  Object.assign(process.env, {
    AWS_ENDPOINT_URL: endpoint || nowhere,
    AWS_REGION: 'us-east-1',
    AWS_ACCESS_KEY_ID: 'test',
    AWS_SECRET_ACCESS_KEY: 'test',
    AWS_EC2_METADATA_DISABLED: 'true',
    AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
  });
};
