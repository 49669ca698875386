/** The account of the embedded AWS, as infra/src/environments/accounts.ts has it. */
export const embeddedAccount = '123456789012';
export const region = 'us-east-1';
/** A person's fixed key, which only the embedded AWS accepts: its administrator. */
export const administrator = { accessKeyId: 'test', secretAccessKey: 'test' };
